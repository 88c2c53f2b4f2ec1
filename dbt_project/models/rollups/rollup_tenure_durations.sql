-- Grain: one row per month of hiring, slice and days: people who left after so many days, or are here since so many.
with

people as (
    select
        agent_id,
        min(employed_from) as hired_on,
        max(employed_to) as left_on,
        max({{ local_day(as_of()) }}) as as_of_on,
        max(team) filter (where is_latest) as team,
        max(region) filter (where is_latest) as region,
        max(role_type) filter (where is_latest) as role_type,
        max(level) filter (where is_latest) as level,
        max(tier) filter (where is_latest) as tier
    from {{ ref('int_agent_periods') }}
    where not is_automation and employed_from is not null
    group by agent_id
),

-- Who left before leaving was recorded is missing here; only people hired since then tell how long people stay.
observed as (
    select
        *,
        min(left_on) over () as leaving_known_from,
        case when left_on <= as_of_on then left_on end as gone_on
    from people
),

timed as (
    select
        *,
        {{ days_between('hired_on', 'coalesce(gone_on, as_of_on)') }} as days_seen
    from observed
    where hired_on >= leaving_known_from and hired_on <= as_of_on
),

added as (
    select
        {{ month_of('hired_on') }} as month_on,
        {{ known_slices(names=['team', 'region', 'role_type', 'level', 'tier']) }},
        cast(days_seen as integer) as days,
        {{ count_where('gone_on is not null') }} as filled,
        {{ count_where('gone_on is null') }} as censored
    from timed
    where days_seen >= 0
    group by all
)

select * from added
