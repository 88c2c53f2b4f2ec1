-- Grain: one row per month and slice: everything customers asked for.
with

tickets as (
    select * from {{ ref('rollup_tickets_created_month') }}
),

contacts as (
    select * from {{ ref('rollup_contacts_month') }}
),

-- Where no ticket at all is marked as a complaint nobody tells of complaints, and none is not nought.
told as (
    select coalesce(sum(complaints), 0) > 0 as complaints_are_told from tickets
),

both_kinds as (
    select
        month_on,
        {{ slices() }},
        tickets_created as tickets,
        0 as contacts,
        complaints
    from tickets
    union all
    select
        month_on,
        {{ slices() }},
        0 as tickets,
        -- What automation ended was asked as well, also by those who came back.
        coalesce(offered, 0) + coalesce(ended_by_automation, 0) as contacts,
        0 as complaints
    from contacts
),

added as (
    select
        month_on,
        {{ slices() }},
        {{ sum_of('tickets', 'bigint') }} as tickets,
        {{ sum_of('contacts', 'bigint') }} as contacts,
        {{ sum_of('tickets + contacts', 'bigint') }} as requests,
        {{ sum_of('complaints', 'bigint') }} as complaints
    from both_kinds
    group by all
),

shown as (
    select
        month_on,
        {{ slices() }},
        tickets,
        contacts,
        requests,
        case when told.complaints_are_told then complaints end as complaints
    from added
    cross join told
)

select * from shown
order by month_on
