-- Grain: one row per month, team and region, with the people the hours are spread over.
with

training as (
    select * from {{ ref('stg_training') }}
),

agent_periods as (
    select * from {{ ref('int_agent_periods') }}
),

headcount as (
    select
        month_on,
        team,
        region,
        sum(headcount_average) as headcount_average
    from {{ ref('rollup_headcount_month') }}
    group by month_on, team, region
),

placed as (
    select
        {{ month_of('training.trained_on') }} as month_on,
        coalesce(agent_periods.team, 'unknown') as team,
        coalesce(agent_periods.region, 'unknown') as region,
        training.agent_key,
        training.hours,
        training.hours_needed
    from training
    {{ asof_left_join() }} agent_periods
        on training.agent_id = agent_periods.agent_id and training.trained_on >= agent_periods.joined_from
),

trained as (
    select
        month_on,
        team,
        region,
        sum(hours) as hours,
        sum(hours_needed) as hours_needed,
        sum(hours) filter (where hours_needed is not null) as hours_of_needed,
        count(distinct agent_key) as agents_trained
    from placed
    group by month_on, team, region
),

known_months as (
    select
        min(month_on) as first_on,
        max(month_on) as last_on
    from trained
),

-- Full, within the months training is known of: a team without training counts with none; a month without headcount,
-- with those trained.
joined as (
    select
        coalesce(trained.month_on, headcount.month_on) as month_on,
        coalesce(trained.team, headcount.team) as team,
        coalesce(trained.region, headcount.region) as region,
        coalesce(trained.hours, 0) as hours,
        trained.hours_needed,
        trained.hours_of_needed,
        coalesce(trained.agents_trained, 0) as agents_trained,
        coalesce(headcount.headcount_average, trained.agents_trained) as agents
    from trained
    full outer join headcount
        on trained.month_on = headcount.month_on and trained.team = headcount.team and trained.region = headcount.region
),

final as (
    select
        joined.month_on,
        joined.team,
        joined.region,
        cast(joined.hours as double) as hours,
        cast(joined.hours_needed as double) as hours_needed,
        cast(joined.hours_of_needed as double) as hours_of_needed,
        cast(joined.agents_trained as bigint) as agents_trained,
        cast(joined.agents as double) as agents
    from joined
    cross join known_months
    where joined.month_on between known_months.first_on and known_months.last_on
)

select * from final
