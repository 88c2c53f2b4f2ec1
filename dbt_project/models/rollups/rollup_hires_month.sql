-- Grain: one row per month of the first day of work and slice: people hired since leaving is recorded, where from, who
-- stayed, how they do.
with

agents as (
    select * from {{ ref('dim_agent') }}
    where not is_automation and hired_on is not null
),

applications as (
    select
        agent_key,
        source_channel,
        row_number() over (partition by agent_key order by accepted_on desc nulls last, application_id asc) as place
    from {{ ref('fct_applications') }}
    where agent_key is not null and accepted_on is not null
),

work as (
    select * from {{ ref('int_agent_work') }}
),

clock as (
    select max(cast({{ as_of() }} as date)) as as_of_on
    from {{ ref('stg_agents') }}
),

-- Of people hired before leaving was recorded only those are known who stayed.
known as (
    select min(left_on) as leaving_known_from from agents
),

joined as (
    select
        agents.*,
        applications.source_channel,
        clock.as_of_on,
        work.satisfied,
        work.ratings,
        work.passed,
        work.checks,
        {{ days_between('agents.hired_on', 'least(coalesce(agents.left_on, clock.as_of_on), clock.as_of_on)') }}
            as stayed_days,
        {{ days_between('agents.hired_on', 'clock.as_of_on') }} as age_days
    from agents
    cross join clock
    cross join known
    -- Left: a person without an application of ours was hired some other way.
    left join applications on agents.agent_key = applications.agent_key and applications.place = 1
    left join work on agents.agent_key = work.agent_key
    where agents.hired_on >= coalesce(known.leaving_known_from, agents.hired_on)
),

added as (
    select
        {{ month_of('hired_on') }} as month_on,
        {{ known_slices(names=['source_channel', 'team', 'region', 'role_type', 'level', 'tier']) }},
        cast(count(*) as bigint) as hires,
        -- A cohort counts when it is old enough, whoever left.
        {{ count_where('age_days >= 90') }} as hires_90,
        {{ count_where('age_days >= 90 and stayed_days >= 90') }} as stayed_90,
        {{ count_where('age_days >= 365') }} as hires_365,
        {{ count_where('age_days >= 365 and stayed_days >= 365') }} as stayed_365,
        {{ sum_of('satisfied') }} as satisfied,
        {{ sum_of('ratings', 'bigint') }} as ratings,
        {{ count_where('ratings > 0') }} as hires_rated,
        {{ sum_of('passed', 'bigint') }} as checks_passed,
        {{ sum_of('checks', 'bigint') }} as checks
    from joined
    where hired_on <= as_of_on
    group by all
)

select * from added
