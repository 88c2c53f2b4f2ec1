-- Grain: one row per schedule, zone and stretch of open time, for each four hours of open time it reaches into.
-- The business calendar the other way round: at which instant does the clock show a reading?
{{ config(materialized='table') }}

with

calendar as (
    select * from {{ ref('int_business_calendar') }}
    where closes_at > opens_at
),

-- The last stretch goes on, longer than any promise: a deadline after the calendar's end lies in the future all the
-- same.
stretches as (
    select
        schedule,
        time_zone,
        opens_at,
        open_seconds_before,
        open_seconds_before
        + case
            when lead(opens_at) over (partition by schedule, time_zone order by opens_at) is null then 10000000.0
            else open_seconds
        end as open_seconds_after
    from calendar
),

buckets as (
    select
        *,
        {{ each_number(
            'cast(floor(open_seconds_before / 14400) as integer) + 1', reading_bucket('open_seconds_after')
        ) }}
            as bucket
    from stretches
)

select * from buckets
