-- Grain: one row per local day of arrival, half-hour, source, channel and team. An interval owns the contacts that
-- arrived in it.
with

counts as (
    select * from {{ ref('int_contact_counts') }}
),

-- Totals of days and months have no place in a day.
fine as (
    select
        arrived_on,
        minute_of_day - minute_of_day % 30 as half_hour,
        {{ known_slices(names=['source', 'channel', 'team']) }},
        {{ contact_measures() }}
    from counts
    where interval_minutes <= 60
),

added as (
    select
        arrived_on,
        cast(half_hour as integer) as minute_of_day,
        {{ iso_weekday('arrived_on') }} as iso_weekday,
        {{ slices(names=['source', 'channel', 'team']) }},
        {{ contact_measures_again(hourly_measure_names()) }}
    from fine
    group by all
)

select * from added
order by arrived_on
