-- Grain: one row per local day and slice: everything customers asked for, contacts and tickets alike.
with

tickets as (
    select * from {{ ref('rollup_tickets_created_day') }}
),

contacts as (
    select * from {{ ref('rollup_contacts_day') }}
),

both_kinds as (
    select
        created_on as asked_on,
        {{ slices() }},
        tickets_created as tickets,
        0 as contacts,
        complaints
    from tickets
    union all
    select
        arrived_on as asked_on,
        {{ slices() }},
        0 as tickets,
        -- What automation ended was asked as well.
        coalesce(offered, 0) + coalesce(contained, 0) as contacts,
        0 as complaints
    from contacts
),

added as (
    select
        asked_on,
        {{ slices() }},
        {{ sum_of('tickets', 'bigint') }} as tickets,
        {{ sum_of('contacts', 'bigint') }} as contacts,
        {{ sum_of('tickets + contacts', 'bigint') }} as requests,
        {{ sum_of('complaints', 'bigint') }} as complaints
    from both_kinds
    group by all
)

select * from added
