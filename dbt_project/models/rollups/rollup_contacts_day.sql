-- Grain: one row per contact and per interval of queues that report nothing finer, under its local day of arrival and
-- slice: numbers that add up over anything. By the day and six slices nearly every contact is a group of its own, so a
-- table of sums would be as large as the facts; the smaller rollups are tables.
{{ config(materialized='view') }}

with

counts as (
    select * from {{ ref('int_contact_counts') }}
),

measured as (
    select
        arrived_on,
        {{ known_slices() }},
        {{ contact_measures() }}
    from counts
)

select * from measured
