-- Grain: one row per contact, and per interval of up to an hour of queues that report nothing finer, under the quarter
-- of an hour it arrived in. Its start is an instant, so that the hour an autumn repeats stays two. A view: such
-- questions are put to a few days, and a table would be as large as the facts.
{{ config(materialized='view') }}

with

counts as (
    select * from {{ ref('int_contact_counts') }}
),

-- Every zone is a whole number of quarters of an hour from UTC.
quartered as (
    select
        *,
        {{ quarter_hour('from_at') }} as interval_start_at,
        minute_of_day % 60 - minute_of_day % 15 as quarter_minute
    from counts
    where told_by_minutes is not null
),

measured as (
    select
        arrived_on,
        interval_start_at,
        cast(quarter_minute as integer) as quarter_minute,
        cast(told_by_minutes as integer) as interval_minutes,
        cast(minute_of_day - minute_of_day % 30 as integer) as minute_of_day,
        {{ iso_weekday('arrived_on') }} as iso_weekday,
        {{ known_slices() }},
        {{ contact_measures() }}
    from quartered
)

select * from measured
