-- Grain: one row per measure, month, channel and log-bucket: what most quantiles are asked of, in the least rows.
-- Its size is bound by buckets and months, not by tickets. A small company's durations are read as they are: a table
-- of the same length would save nothing.
with

days as (
    select * from {{ ref('rollup_durations_day') }}
    where (
        (select count(*) from {{ ref('fct_tickets') }}) + (select count(*) from {{ ref('fct_contacts') }})
    ) between {{ var('channel_histogram_from_rows') }} and {{ var('histogram_from_rows') }} - 1
),

-- Where the larger histogram was built, it is added up again instead of every duration.
months as (
    select * from {{ ref('rollup_durations_team_month') }}
),

together as (
    select
        measure,
        {{ month_of('counted_on') }} as month_on,
        channel,
        bucket,
        n
    from days
    union all
    select
        measure,
        month_on,
        channel,
        bucket,
        n
    from months
),

added as (
    select
        measure,
        month_on,
        channel,
        bucket,
        cast(sum(n) as bigint) as n
    from together
    group by measure, month_on, channel, bucket
)

select * from added
order by measure, month_on
