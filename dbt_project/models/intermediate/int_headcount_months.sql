-- Grain: one row per employed person and complete month, with team and region at the month's end (or at leaving).
with

agent_periods as (
    select * from {{ ref('int_agent_periods') }}
    where not is_automation and employed_from is not null
),

people as (
    select
        agent_id,
        agent_key,
        min(employed_from) as hired_on,
        max(employed_to) as left_on,
        max(leaving_kind) as leaving_kind,
        max(leaving_reason) as leaving_reason,
        max({{ local_day(as_of()) }}) as as_of_on
    from agent_periods
    group by agent_id, agent_key
),

-- A month counts when it is over; before its end nobody knows who leaves in it.
spanned as (
    select
        *,
        {{ month_of('hired_on') }} as first_month_on,
        least(
            {{ month_of('coalesce(left_on, as_of_on)') }},
            {{ month_of(add_days('as_of_on', 1)) }} - interval 1 month
        ) as last_month_on
    from people
),

months as (
    select
        cast(
            unnest(
                generate_series(cast(first_month_on as timestamp), cast(last_month_on as timestamp), interval 1 month)
            ) as date
        ) as month_on,
        *
    from spanned
),

ended as (
    select
        *,
        cast(month_on + interval 1 month as date) - 1 as month_end_on
    from months
),

placed as (
    select
        ended.*,
        agent_periods.team,
        agent_periods.region,
        agent_periods.role_type,
        agent_periods.level,
        agent_periods.tier
    from ended
    {{ asof_left_join() }} agent_periods
        on
            ended.agent_id = agent_periods.agent_id
            and least(ended.month_end_on, coalesce(ended.left_on, ended.month_end_on)) >= agent_periods.joined_from
),

-- Higher is up: an agent who leads a team, a manager of managers, somebody of the technical tier.
ranked as (
    select
        *,
        case level when 'agent' then 1 when 'supervisor' then 2 when 'manager' then 3 when 'senior_manager' then 4 end
            as level_rank,
        case tier when 'skill' then 1 when 'technical' then 2 when 'management' then 3 end as tier_rank
    from placed
),

compared as (
    select
        *,
        lag(level_rank) over (partition by agent_id order by month_on) as level_rank_before,
        lag(tier_rank) over (partition by agent_id order by month_on) as tier_rank_before
    from ranked
),

final as (
    select
        month_on,
        agent_id,
        agent_key,
        team,
        region,
        role_type,
        level,
        tier,
        hired_on,
        left_on,
        leaving_kind,
        leaving_reason,
        -- Employed at the end of the month before, and at the end of this one; the last day of work is a day of
        -- leaving.
        hired_on < month_on as is_there_at_start,
        left_on is null or left_on > month_end_on as is_there_at_end,
        hired_on >= month_on as is_joiner,
        coalesce(left_on <= month_end_on, false) as is_leaver,
        {{ days_between('hired_on', 'month_end_on') }} as tenure_days,
        -- The level decides; the tier only where the level stayed.
        coalesce(
            level_rank > level_rank_before
            or (level_rank is not distinct from level_rank_before and tier_rank > tier_rank_before), false
        ) as is_promoted
    from compared
)

select * from final
