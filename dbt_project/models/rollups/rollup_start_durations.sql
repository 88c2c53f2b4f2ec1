-- Grain: one row per month of acceptance, slice and days from the requisition's opening to the first day of work, or
-- to the as-of day for those who have accepted and not begun (censored).
with

applications as (
    select * from {{ ref('fct_applications') }}
    where accepted_on is not null and opened_on is not null and accepted_on >= opened_on
),

judged as (
    select
        *,
        coalesce(started_on <= cast({{ as_of() }} as date), false) as has_begun
    from applications
),

timed as (
    select
        *,
        case
            when has_begun then start_days
            else {{ days_between('opened_on', 'cast(' ~ as_of() ~ ' as date)') }}
        end as days_seen
    from judged
),

added as (
    select
        {{ month_of('accepted_on') }} as month_on,
        {{ known_slices(names=['source', 'source_channel', 'team', 'region', 'role_type', 'level', 'tier']) }},
        cast(days_seen as integer) as days,
        {{ count_where('has_begun') }} as filled,
        {{ count_where('not has_begun') }} as censored
    from timed
    where days_seen >= 0
    group by all
)

select * from added
