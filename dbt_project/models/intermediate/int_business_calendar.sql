-- Grain: one row per schedule, zone and stretch of open time, with the seconds that were open before it.
-- Business time between two instants is the difference of two look-ups here; nothing is counted minute by minute.
{{ config(materialized='table') }}

with

hours as (
    select
        coalesce(team, '*') as schedule,
        weekday,
        opens_minute,
        closes_minute,
        coalesce(valid_from, date '1900-01-01') as valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        time_zone
    from {{ source('config', 'business_hours') }}
),

holidays as (
    select distinct holiday_on from {{ source('config', 'holidays') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

firsts as (
    select
        time_zone,
        min(created_at) as first_at
    from {{ ref('stg_tickets') }}
    group by time_zone
),

tickets as (
    select min({{ local_day('first_at', 'firsts') }}) as first_on
    from firsts
),

-- From a week before the first ticket to far enough ahead for any promise made by now.
bounds as (
    select
        {{ add_days('tickets.first_on', -7) }} as first_on,
        {{ add_days('cast(max(sources.as_of) as date)', 400) }} as last_on
    from sources
    cross join tickets
    group by tickets.first_on
),

midnights as (
    select {{ days_from_to('first_on', 'last_on') }} as midnight
    from bounds
),

days as (
    select
        midnight,
        cast(midnight as date) as day_on
    from midnights
),

zones as (
    select distinct time_zone from sources
),

schedules as (
    select distinct schedule from hours
),

-- Whose hours a schedule keeps on a day: its own, and everybody's where none of its own hold.
kept as (
    select
        schedules.schedule,
        days.midnight,
        days.day_on,
        case when count(hours.schedule) > 0 then schedules.schedule else '*' end as hours_of
    from schedules
    cross join days
    left join hours
        on
            schedules.schedule = hours.schedule
            and days.day_on >= hours.valid_from
            and days.day_on <= hours.valid_to
    group by schedules.schedule, days.midnight, days.day_on
),

opened as (
    select
        kept.schedule,
        zones.time_zone,
        coalesce(hours.time_zone, zones.time_zone) as zone_meant,
        {{ add_seconds('kept.midnight', 'hours.opens_minute * 60') }} as opens_local_at,
        {{ add_seconds('kept.midnight', 'hours.closes_minute * 60') }} as closes_local_at
    from kept
    inner join hours
        on
            kept.hours_of = hours.schedule
            and hours.weekday = {{ iso_weekday('kept.day_on') }}
            and kept.day_on >= hours.valid_from
            and kept.day_on <= hours.valid_to
    cross join zones
    -- Left, then kept where nothing was found: a holiday has no open minute.
    left join holidays on kept.day_on = holidays.holiday_on
    where holidays.holiday_on is null
),

shifts as (
    select
        schedule,
        time_zone,
        {{ local_to_instant('opens_local_at', 'zone_meant') }} as opens_at,
        {{ local_to_instant('closes_local_at', 'zone_meant') }} as closes_at
    from opened
),

-- Shifts that overlap count once.
parted as (
    select
        schedule,
        time_zone,
        greatest(
            opens_at,
            max(closes_at) over (
                partition by schedule, time_zone
                order by opens_at, closes_at
                rows between unbounded preceding and 1 preceding
            )
        ) as opens_at,
        closes_at
    from shifts
),

-- Before the first shift nothing was open: a row to find for instants that early.
begun as (
    select
        schedule,
        time_zone,
        opens_at,
        closes_at
    from parted
    where opens_at < closes_at
    union all
    select distinct
        schedule,
        time_zone,
        timestamp '1900-01-01 00:00:00' as opens_at,
        timestamp '1900-01-01 00:00:00' as closes_at
    from parted
),

accumulated as (
    select
        schedule,
        time_zone,
        opens_at,
        closes_at,
        cast({{ seconds_between('opens_at', 'closes_at') }} as double) as open_seconds,
        cast(coalesce(sum({{ seconds_between('opens_at', 'closes_at') }}) over (
            partition by schedule, time_zone
            order by opens_at, closes_at
            rows between unbounded preceding and 1 preceding
        ), 0) as double) as open_seconds_before
    from begun
)

select * from accumulated
