-- Grain: one row for all improvement plans: errors of their people in the 90 days before and after, beside those of
-- people without a plan in the same days. Nothing where fewer than five people had one.
with

training as (
    select * from {{ ref('stg_training') }}
),

checks as (
    select
        agent_key,
        checked_on,
        passed,
        {{ as_of() }}
    from {{ ref('stg_quality_checks') }}
    where agent_key is not null
),

plans as (
    select
        plan,
        agent_key,
        min(trained_on) as started_on,
        max(trained_on) as ended_on,
        sum(hours) as hours
    from training
    where plan is not null and agent_key is not null
    group by plan, agent_key
),

clock as (
    select max(checked_on) as known_to from checks
),

-- A plan is judged when 90 days have passed since its last course.
due as (
    select
        plans.*,
        {{ days_between('plans.ended_on', 'clock.known_to') }} >= 90 as is_due
    from plans
    cross join clock
),

by_day as (
    select
        checked_on,
        count(*) as checks,
        count(*) filter (where not passed) as failed
    from checks
    -- People who never had a plan; a colleague on a plan is no yardstick for one.
    where agent_key not in (select agent_key from plans)
    group by checked_on
),

own as (
    select
        due.plan,
        due.agent_key,
        count(*) filter (where checks.checked_on < due.started_on) as before_checks,
        count(*) filter (where checks.checked_on < due.started_on and not checks.passed) as before_failed,
        count(*) filter (where checks.checked_on > due.ended_on) as after_checks,
        count(*) filter (where checks.checked_on > due.ended_on and not checks.passed) as after_failed
    from due
    left join checks
        on
            due.agent_key = checks.agent_key
            and checks.checked_on >= {{ add_days('due.started_on', -90) }}
            and checks.checked_on <= {{ add_days('due.ended_on', 90) }}
    where due.is_due
    group by due.plan, due.agent_key
),

others as (
    select
        due.plan,
        due.agent_key,
        sum(by_day.checks) filter (where by_day.checked_on < due.started_on) as before_checks,
        sum(by_day.failed) filter (where by_day.checked_on < due.started_on) as before_failed,
        sum(by_day.checks) filter (where by_day.checked_on > due.ended_on) as after_checks,
        sum(by_day.failed) filter (where by_day.checked_on > due.ended_on) as after_failed
    from due
    left join by_day
        on
            by_day.checked_on >= {{ add_days('due.started_on', -90) }}
            and by_day.checked_on <= {{ add_days('due.ended_on', 90) }}
    where due.is_due
    group by due.plan, due.agent_key
),

added as (
    select
        cast(count(distinct own.plan) as bigint) as plans,
        cast(count(distinct own.agent_key) as bigint) as people,
        cast(sum(own.before_checks) as bigint) as before_checks,
        cast(sum(own.before_failed) as bigint) as before_failed,
        cast(sum(own.after_checks) as bigint) as after_checks,
        cast(sum(own.after_failed) as bigint) as after_failed,
        cast(sum(others.before_checks) as bigint) as others_before_checks,
        cast(sum(others.before_failed) as bigint) as others_before_failed,
        cast(sum(others.after_checks) as bigint) as others_after_checks,
        cast(sum(others.after_failed) as bigint) as others_after_failed
    from own
    inner join others on own.plan = others.plan and own.agent_key = others.agent_key
),

waiting as (
    select cast(count(*) filter (where not is_due) as bigint) as plans_pending from due
),

rated as (
    select
        added.*,
        waiting.plans_pending,
        cast(before_failed as double) / nullif(before_checks, 0) as error_rate_before,
        cast(after_failed as double) / nullif(after_checks, 0) as error_rate_after,
        cast(others_before_failed as double) / nullif(others_before_checks, 0) as others_before,
        cast(others_after_failed as double) / nullif(others_after_checks, 0) as others_after
    from added
    cross join waiting
),

-- What the plan brought: the change of its people less the change of people without one in the same days.
final as (
    select
        plans,
        plans_pending,
        people,
        before_checks,
        after_checks,
        error_rate_before,
        error_rate_after,
        others_before,
        others_after,
        (error_rate_after - error_rate_before) - (others_after - others_before) as effect,
        sqrt(
            error_rate_before * (1 - error_rate_before) / nullif(before_checks, 0)
            + error_rate_after * (1 - error_rate_after) / nullif(after_checks, 0)
            + others_before * (1 - others_before) / nullif(others_before_checks, 0)
            + others_after * (1 - others_after) / nullif(others_after_checks, 0)
        ) as effect_error
    from rated
    where people >= {{ var('employee_group_min') }}
)

select * from final
