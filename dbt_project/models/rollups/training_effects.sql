-- Grain: one row per band of training hours over twelve months: how its people do. Bands under five people together.
{{ config(schema='marts') }}
with

work as (
    select * from {{ ref('int_agent_work') }}
),

training as (
    select
        agent_key,
        trained_on,
        hours
    from {{ ref('stg_training') }}
),

hours as (
    select
        work.agent_key,
        coalesce(sum(training.hours) filter (where training.trained_on <= work.until_on), 0) as hours,
        -- Somebody who came in spring had less time to be trained.
        greatest(
            least(
                {{ days_between('coalesce(work.hired_on, ' ~ add_days('work.until_on', -365) ~ ')', 'work.until_on') }},
                365
            ),
            30
        ) / 30.4375 as months
    from work
    left join training
        on work.agent_key = training.agent_key and training.trained_on > {{ add_days('work.until_on', -365) }}
    group by work.agent_key, work.hired_on, work.until_on
),

banded as (
    select
        work.*,
        hours.hours / nullif(hours.months, 0) as hours_a_month,
        case
            when hours.hours / nullif(hours.months, 0) < 2 then 'under 2 hours a month'
            when hours.hours / nullif(hours.months, 0) < 4 then '2 to 4 hours a month'
            else '4 hours a month and more'
        end as band
    from work
    inner join hours on work.agent_key = hours.agent_key
),

sized as (
    select
        'all' as everybody,
        band,
        count(*) as people
    from banded
    group by band
),

{{ merged_small_groups('sized', ['everybody'], 'band', 'people', 'small bands') }},

added as (
    select
        merged.shown as band,
        max(banded.until_on) as until_on,
        cast(count(*) as bigint) as people,
        cast(avg(banded.hours_a_month) as double) as hours_a_month,
        {{ sum_of('banded.handling_seconds') }} as handling_seconds,
        {{ sum_of('banded.handled', 'bigint') }} as handled,
        {{ sum_of('banded.satisfied') }} as satisfied,
        {{ sum_of('banded.ratings', 'bigint') }} as ratings,
        {{ sum_of('banded.checks - banded.passed', 'bigint') }} as checks_failed,
        {{ sum_of('banded.checks', 'bigint') }} as checks
    from banded
    inner join merged on banded.band = merged.band
    group by merged.shown
),

final as (
    select
        *,
        handling_seconds / nullif(handled, 0) as aht_seconds,
        satisfied / nullif(ratings, 0) as csat,
        cast(checks_failed as double) / nullif(checks, 0) as error_rate
    from added
    where people >= {{ var('employee_group_min') }}
)

select * from final
