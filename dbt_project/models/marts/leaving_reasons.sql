-- Grain: one row per span of twelve complete months and stated reason: how many left for it. Reasons under five
-- together.
with

people as (
    select * from {{ ref('int_headcount_months') }}
),

clock as (
    select max(month_on) as last_month_on from people
),

leavers as (
    select
        case
            when people.month_on > clock.last_month_on - interval 12 month then 'last 12 months'
            when people.month_on > clock.last_month_on - interval 24 month then '12 months before'
        end as span,
        coalesce(people.leaving_reason, 'no reason stated') as reason,
        clock.last_month_on
    from people
    cross join clock
    where people.is_leaver
),

counted as (
    select
        span,
        reason,
        max(last_month_on) as last_month_on,
        count(*) as leavers
    from leavers
    where span is not null
    group by span, reason
),

{{ merged_small_groups('counted', ['span'], 'reason', 'leavers', 'other reasons') }},

added as (
    select
        counted.span,
        max(counted.last_month_on) as last_month_on,
        merged.shown as reason,
        cast(sum(counted.leavers) as bigint) as leavers,
        cast(count(*) as bigint) as reasons
    from counted
    inner join merged on counted.span = merged.span and counted.reason = merged.reason
    group by counted.span, merged.shown
),

final as (
    select
        span,
        cast(last_month_on - case span when 'last 12 months' then interval 11 month else interval 23 month end as date)
            as since_on,
        cast(
            last_month_on - case span when 'last 12 months' then interval 0 month else interval 12 month end as date
        ) as until_month_on,
        reason,
        reasons,
        leavers,
        cast(sum(leavers) over (partition by span) as bigint) as leavers_in_all,
        cast(leavers as double) / nullif(sum(leavers) over (partition by span), 0) as share
    from added
    where leavers >= {{ var('employee_group_min') }}
)

select * from final
