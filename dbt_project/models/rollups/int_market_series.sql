-- Grain: one row per month and series: published figures, what follows from two of them, and our own beside them.
{{ config(materialized='view', schema='intermediate', contract={'enforced': false}) }}
with

published as (
    select
        month_on,
        source,
        indicator,
        subject,
        segment,
        region,
        value,
        unit,
        n,
        published_on
    from {{ ref('rollup_market_month') }}
    where indicator not in ('rule', 'standard', 'support_programme', 'entrant', 'attribute_score')
),

tightness as (
    {{ labour_tightness('published', [
        'cast(null as bigint) as n',
        'greatest(openings.published_on, unemployed.published_on) as published_on',
    ]) }}
),

contacts as (
    select
        {{ month_of('arrived_on') }} as month_on,
        sum(offered) as contacts,
        max(max(arrived_on)) over () as last_on
    from {{ ref('rollup_contacts_team_day') }}
    group by {{ month_of('arrived_on') }}
),

costs as (
    select
        month_on,
        sum(amount) / nullif(sum(handled), 0) as cost_per_contact
    from {{ ref('rollup_contact_costs_month') }}
    group by month_on
),

people as (
    select
        month_on,
        sum(headcount_end) as headcount
    from {{ ref('rollup_headcount_month') }}
    group by month_on
),

postings as (
    select
        {{ month_of('week_on') }} as month_on,
        cast(sum(openings) filter (where is_own) as double) as openings,
        cast(sum(postings) filter (where not is_own) as double) as market_postings,
        max(max(week_on)) over () as last_on
    from {{ ref('rollup_postings_week') }}
    group by {{ month_of('week_on') }}
),

own as (
    select
        month_on,
        'own_contacts' as indicator,
        cast(contacts as double) as value,
        'contacts' as unit
    from contacts
    where month_on < {{ month_of(add_days('last_on', 1)) }}
    union all
    select
        month_on,
        'own_cost_per_contact' as indicator,
        cost_per_contact as value,
        'currency' as unit
    from costs
    union all
    select
        month_on,
        'own_headcount' as indicator,
        cast(headcount as double) as value,
        'persons' as unit
    from people
    -- Before the first contact only those are known who are here still.
    where month_on >= (select coalesce(min(contacts.month_on), date '1900-01-01') from contacts)
    union all
    select
        month_on,
        'own_openings' as indicator,
        openings as value,
        'openings' as unit
    from postings
    where openings is not null
    union all
    select
        month_on,
        'market_postings_seen' as indicator,
        market_postings as value,
        'postings' as unit
    from postings
    -- The month of the last week is not over.
    where market_postings is not null and month_on < {{ month_of('last_on') }}
),

together as (
    select * from published
    union all
    select * from tightness
    union all
    select
        month_on,
        'own' as source,
        indicator,
        case when indicator = 'market_postings_seen' then 'market' else 'us' end as subject,
        'all' as segment,
        'all' as region,
        value,
        unit,
        cast(null as bigint) as n,
        cast(null as date) as published_on
    from own
)

select * from together
where value is not null
