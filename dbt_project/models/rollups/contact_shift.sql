-- Grain: one row per channel and per topic: its share of our contacts in the last twelve complete months and in the
-- twelve before.
{{ config(schema='marts') }}
with

contacts as (
    select
        month_on,
        channel,
        topic,
        sum(offered) as contacts
    from {{ ref('rollup_contacts_month') }}
    group by month_on, channel, topic
),

-- The month that is not over is in no share.
clock as (
    select
        {{ month_of(add_days('max(arrived_on)', 1)) }} as next_month_on
    from {{ ref('rollup_contacts_team_day') }}
),

spanned as (
    select
        contacts.*,
        clock.next_month_on,
        contacts.month_on >= clock.next_month_on - interval 12 month as is_now
    from contacts
    cross join clock
    where contacts.month_on < clock.next_month_on and contacts.month_on >= clock.next_month_on - interval 24 month
),

entities as (
    select
        'channel' as dimension,
        channel as entity,
        is_now,
        next_month_on,
        contacts
    from spanned
    union all
    select
        'topic' as dimension,
        topic as entity,
        is_now,
        next_month_on,
        contacts
    from spanned
),

counted as (
    select
        dimension,
        entity,
        cast(max(next_month_on) - interval 1 month as date) as until_month_on,
        cast(coalesce(sum(contacts) filter (where is_now), 0) as bigint) as contacts,
        cast(coalesce(sum(contacts) filter (where not is_now), 0) as bigint) as contacts_before
    from entities
    group by dimension, entity
),

shared as (
    select
        *,
        sum(contacts) over (partition by dimension) as contacts_in_all,
        sum(contacts_before) over (partition by dimension) as contacts_before_in_all
    from counted
),

rated as (
    select
        *,
        cast(contacts as double) / nullif(contacts_in_all, 0) as share,
        cast(contacts_before as double) / nullif(contacts_before_in_all, 0) as share_before
    from shared
),

final as (
    select
        dimension,
        entity,
        until_month_on,
        contacts,
        contacts_before,
        share,
        share_before,
        share - share_before as change,
        sqrt(
            share * (1 - share) / nullif(contacts_in_all, 0)
            + share_before * (1 - share_before) / nullif(contacts_before_in_all, 0)
        ) as change_error,
        case
            when contacts_before_in_all = 0 or contacts_before_in_all is null then 'no year before'
            when contacts = 0 then 'gone'
            when contacts_before = 0 then 'new'
            else 'both years'
        end as state
    from rated
)

select * from final
