-- Grain: one row per ticket, contact and interval under its local day and slice: everything customers asked for, as
-- numbers that add up over anything.
{{ config(materialized='view') }}

with

tickets as (
    select * from {{ ref('rollup_tickets_created_day') }}
),

contacts as (
    select * from {{ ref('rollup_contacts_day') }}
),

-- Where no ticket at all is marked as a complaint nobody tells of complaints, and none is not nought.
told as (
    select coalesce(sum(complaints), 0) > 0 as complaints_are_told from {{ ref('rollup_tickets_created_month') }}
),

both_kinds as (
    select
        created_on as asked_on,
        {{ slices() }},
        tickets_created as tickets,
        cast(0 as bigint) as contacts,
        complaints
    from tickets
    union all
    select
        arrived_on as asked_on,
        {{ slices() }},
        cast(0 as bigint) as tickets,
        -- What automation ended was asked as well, also by those who came back.
        coalesce(offered, 0) + coalesce(ended_by_automation, 0) as contacts,
        cast(0 as bigint) as complaints
    from contacts
),

measured as (
    select
        asked_on,
        {{ slices() }},
        tickets,
        contacts,
        tickets + contacts as requests,
        case when told.complaints_are_told then complaints end as complaints
    from both_kinds
    cross join told
)

select * from measured
