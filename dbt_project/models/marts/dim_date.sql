-- Grain: one row per day, from the year 2000 to two years after the latest as-of instant.
with

sources as (
    select * from {{ ref('stg_sources') }}
),

holidays as (
    select distinct holiday_on from {{ source('config', 'holidays') }}
),

bounds as (
    select coalesce({{ add_days('cast(max(as_of) as date)', 731) }}, date '2030-12-31') as last_on from sources
),

days as (
    select cast({{ days_from_to("date '2000-01-01'", 'last_on') }} as date) as day_on
    from bounds
),

final as (
    select
        days.day_on,
        cast(date_trunc('week', days.day_on) as date) as week_on,
        {{ month_of('days.day_on') }} as month_on,
        cast(date_trunc('quarter', days.day_on) as date) as quarter_on,
        cast(date_trunc('year', days.day_on) as date) as year_on,
        {{ iso_weekday('days.day_on') }} as iso_weekday,
        holidays.holiday_on is not null as is_holiday
    from days
    left join holidays on days.day_on = holidays.holiday_on
)

select * from final
