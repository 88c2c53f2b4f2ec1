-- Grain: one row per schedule, zone, UTC day and stretch of the business calendar that touches the day.
-- Days make the look-up of an instant an equal join with one candidate on most days, however many years the calendar
-- has.
{{ config(materialized='table') }}

with

calendar as (
    select * from {{ ref('int_business_calendar') }}
),

-- A stretch lasts from its opening to the next one: open first, closed then.
stretches as (
    select
        schedule,
        time_zone,
        opens_at,
        closes_at,
        open_seconds_before,
        opens_at as from_at,
        coalesce(
            lead(opens_at) over (partition by schedule, time_zone order by opens_at, closes_at),
            timestamp '9999-12-31 00:00:00'
        ) as to_at
    from calendar
),

-- One span for all: hours that began later or ended early were closed before and after.
bounds as (
    select
        {{ add_days('cast(min(opens_at) filter (where closes_at > opens_at) as date)', -8) }} as first_on,
        {{ add_days('cast(max(closes_at) as date)', 8) }} as last_on
    from calendar
),

-- Before the first opening and after the last nothing is open: a week of such days is enough for what is asked.
spans as (
    select
        stretches.*,
        greatest(cast(stretches.from_at as date), bounds.first_on) as begins_on,
        least(cast(stretches.to_at as date), bounds.last_on) as ends_on
    from stretches
    cross join bounds
    where stretches.to_at > stretches.from_at
),

touched as (
    select
        schedule,
        time_zone,
        cast({{ days_from_to('begins_on', 'ends_on') }} as date) as utc_on,
        from_at,
        to_at,
        opens_at,
        closes_at,
        open_seconds_before
    from spans
),

placed as (
    select
        *,
        row_number() over (partition by schedule, time_zone, utc_on order by from_at) as place,
        lead(from_at) over (partition by schedule, time_zone, utc_on order by from_at) is null as is_last,
        lag(closes_at) over (partition by schedule, time_zone, utc_on order by from_at) as closed_at
    from touched
),

-- What closed before the day began says nothing that the day's first opening does not say as well: until it opens its
-- clock stands. So nearly every day has one row to find.
days as (
    select
        schedule,
        time_zone,
        utc_on,
        case when place = 2 and closed_at <= cast(utc_on as timestamp) then cast(utc_on as timestamp) else from_at end
            as from_at,
        to_at,
        opens_at,
        closes_at,
        open_seconds_before
    from placed
    where is_last or place > 1 or closes_at > cast(utc_on as timestamp)
)

select * from days
