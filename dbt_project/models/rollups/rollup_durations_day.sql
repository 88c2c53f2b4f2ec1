-- Grain: one row per measure and duration (openings: per bucket) under its local day and slice, with its log-bucket.
-- Buckets add up over anything; a quantile read from them is right within 1 %. By the day and six slices nearly every
-- duration is alone in its bucket, so a table would be as large as the facts; the smaller rollup is one.
{{ config(materialized='view') }}
{%- set ticket_measures = [
    'first_reply_calendar_minutes', 'first_reply_business_minutes', 'first_resolution_calendar_minutes',
    'first_resolution_business_minutes', 'full_resolution_calendar_minutes', 'full_resolution_business_minutes',
] %}
with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

fills as (
    select * from {{ ref('int_opening_fills') }}
    where filled > 0
),

waits as (
    select
        'wait_seconds' as measure,
        arrived_on as counted_on,
        {{ known_slices() }},
        {{ log_bucket('wait_seconds') }} as bucket,
        cast(1 as bigint) as n
    from contacts
    where is_answered and wait_seconds is not null
),
{% for measure in ticket_measures %}
    {{ measure }}_told as (
        select
            '{{ measure }}' as measure,
            created_on as counted_on,
            {{ known_slices() }},
            {{ log_bucket(measure) }} as bucket,
            cast(1 as bigint) as n
        from tickets
        where {{ measure }} is not null
    ),
{% endfor %}
-- Filled openings only; how long the unfilled have been open is in rollup_fill_durations.
fills_counted as (
    select
        'time_to_fill_days' as measure,
        opened_on as counted_on,
        coalesce(source, 'unknown') as source,
        'unknown' as channel,
        coalesce(team, 'unknown') as team,
        coalesce(region, 'unknown') as region,
        'unknown' as topic,
        'unknown' as segment,
        {{ log_bucket('days') }} as bucket,
        cast(sum(filled) as bigint) as n
    from fills
    group by all
),

together as (
    select * from waits
    union all
    select * from fills_counted
    {%- for measure in ticket_measures %}
        union all
        select * from {{ measure }}_told
    {%- endfor %}
)

select * from together
