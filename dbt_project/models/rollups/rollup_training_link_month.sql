-- Grain: one row per month: errors of people who were trained more than their own usual in the three months before,
-- beside those of people who were trained less. Everybody is held to himself, so who is sent to courses is no matter.
{%- set settled_days = 180 %}
with

training as (
    select
        agent_key,
        {{ month_of('trained_on') }} as month_on,
        sum(hours) as hours,
        bool_or(plan is not null) as has_plan
    from {{ ref('stg_training') }}
    where agent_key is not null
    group by agent_key, {{ month_of('trained_on') }}
),

known_months as (
    select min(month_on) as first_on from training
),

checks as (
    select
        agent_key,
        {{ month_of('checked_on') }} as month_on,
        count(*) as checks,
        {{ count_where('not passed') }} as failed
    from {{ ref('stg_quality_checks') }}
    where agent_key is not null
    group by agent_key, {{ month_of('checked_on') }}
),

months as (
    select
        people.agent_key,
        people.month_on,
        people.tenure_days,
        coalesce(training.hours, 0) as hours,
        coalesce(training.has_plan, false) as has_plan
    from {{ ref('int_headcount_months') }} as people
    -- Left: a month without a course has no hours.
    left join training on people.agent_key = training.agent_key and people.month_on = training.month_on
    where people.agent_key is not null
),

before as (
    select
        agent_key,
        month_on,
        tenure_days,
        sum(hours) over three_months as hours_before,
        bool_or(has_plan) over three_months as is_on_plan,
        min(month_on) over three_months as since_on
    from months
    window three_months as (partition by agent_key order by month_on rows between 3 preceding and 1 preceding)
),

-- The new learn with every month; a plan is for those who made errors, and they make fewer by chance alone.
comparable as (
    select
        before.agent_key,
        before.month_on,
        before.hours_before,
        avg(before.hours_before) over (partition by before.agent_key) as usual_hours
    from before
    cross join known_months
    where
        before.tenure_days >= {{ settled_days }}
        and before.since_on >= known_months.first_on
        and not before.is_on_plan
),

added as (
    select
        comparable.month_on,
        comparable.hours_before > comparable.usual_hours as is_more,
        count(*) as people,
        sum(checks.checks) as checks,
        sum(checks.failed) as failed
    from comparable
    inner join checks on comparable.agent_key = checks.agent_key and comparable.month_on = checks.month_on
    where comparable.hours_before <> comparable.usual_hours
    group by comparable.month_on, comparable.hours_before > comparable.usual_hours
),

final as (
    select
        more.month_on,
        cast(more.checks as bigint) as checks_after_more,
        cast(more.failed as bigint) as failed_after_more,
        cast(more.checks * less.failed / nullif(cast(less.checks as double), 0) as double) as failed_expected
    from added as more
    inner join added as less on more.month_on = less.month_on
    where
        more.is_more
        and not less.is_more
        and more.people >= {{ var('employee_group_min') }}
        and less.people >= {{ var('employee_group_min') }}
)

select * from final
