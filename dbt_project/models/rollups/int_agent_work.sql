-- Grain: one row per agent: what the agent handled and solved, how it was rated and checked in the twelve months before
-- the newest day of work. A table, not a view: three marts read it, and each would add the year's contacts up again.
{{ config(materialized='table', schema='intermediate', contract={'enforced': false}) }}
with

worked as (
    select * from {{ ref('rollup_agent_contacts_day') }}
),

answers as (
    select * from {{ ref('fct_survey_answers') }}
    where instrument = 'csat' and role = 'perception' and satisfied is not null and agent_key is not null
),

checks as (
    select * from {{ ref('stg_quality_checks') }}
    where agent_key is not null
),

tickets as (
    select * from {{ ref('fct_tickets') }}
    where agent_key is not null and is_repeat_due
),

span as (
    select max(day_on) as until_on
    from (
        select max(arrived_on) as day_on from worked
        union all
        select max(responded_on) from answers
        union all
        select max(checked_on) from checks
    ) as days
),

handled as (
    select
        worked.agent_key,
        {{ sum_of('worked.handling_seconds') }} as handling_seconds,
        {{ sum_of('worked.handling_base', 'bigint') }} as handled,
        -- Σ of the squared means of the days, each by its contacts: what the spread of a contact is worked out from.
        {{ sum_of('worked.handling_seconds * worked.handling_seconds / nullif(worked.handling_base, 0)') }}
            as day_squares,
        cast(count(*) filter (where worked.handling_base > 0) as bigint) as handled_days
    from worked
    cross join span
    where worked.arrived_on > {{ add_days('span.until_on', -365) }}
    group by worked.agent_key
),

rated as (
    select
        answers.agent_key,
        {{ sum_of('answers.satisfied') }} as satisfied,
        cast(count(*) as bigint) as ratings
    from answers
    cross join span
    where answers.responded_on > {{ add_days('span.until_on', -365) }}
    group by answers.agent_key
),

checked as (
    select
        checks.agent_key,
        {{ count_where('checks.passed') }} as passed,
        cast(count(*) as bigint) as checks
    from checks
    cross join span
    where checks.checked_on > {{ add_days('span.until_on', -365) }}
    group by checks.agent_key
),

-- Solved for good: the customer did not come back about the same topic inside seven days. Younger ones are pending.
solved as (
    select
        tickets.agent_key,
        {{ count_where('not tickets.is_repeated') }} as lasting,
        cast(count(*) as bigint) as solved
    from tickets
    cross join span
    where tickets.solved_on > {{ add_days('span.until_on', -365) }}
    group by tickets.agent_key
),

agents as (
    select * from {{ ref('dim_agent') }}
    where not is_automation
),

final as (
    select
        agents.agent_key,
        coalesce(agents.team, 'unknown') as team,
        agents.hired_on,
        handled.handling_seconds,
        coalesce(handled.handled, 0) as handled,
        handled.day_squares,
        coalesce(handled.handled_days, 0) as handled_days,
        rated.satisfied,
        coalesce(rated.ratings, 0) as ratings,
        checked.passed,
        coalesce(checked.checks, 0) as checks,
        solved.lasting,
        coalesce(solved.solved, 0) as solved,
        span.until_on
    from agents
    cross join span
    left join handled on agents.agent_key = handled.agent_key
    left join rated on agents.agent_key = rated.agent_key
    left join checked on agents.agent_key = checked.agent_key
    left join solved on agents.agent_key = solved.agent_key
    where
        coalesce(handled.handled, 0) + coalesce(rated.ratings, 0) + coalesce(checked.checks, 0)
        + coalesce(solved.solved, 0) > 0
)

select * from final
