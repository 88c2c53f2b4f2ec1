-- Grain: one row per measure and duration under its local day and slice, with its log-bucket.
-- Buckets add up over anything; a quantile read from them is right within 1 %. By the day and six slices nearly every
-- duration is alone in its bucket, so a table would be as large as the facts; the smaller rollup is one.
{{ config(materialized='view') }}
{%- set ticket_measures = ticket_duration_measures() %}
with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
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
together as (
    select * from waits
    {%- for measure in ticket_measures %}
        union all
        select * from {{ measure }}_told
    {%- endfor %}
)

select * from together
