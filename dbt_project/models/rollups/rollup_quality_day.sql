-- Grain: one row per local day of the check and slice.
with

checks as (
    select * from {{ ref('stg_quality_checks') }}
),

tickets as (
    select * from {{ ref('fct_tickets') }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

agent_periods as (
    select * from {{ ref('int_agent_periods') }}
),

-- A check names no source of its ticket or contact: the first one with that number is meant.
checked_tickets as (
    select * from tickets
    where ticket_id in (select ticket_id from checks)
    qualify row_number() over (partition by ticket_id order by source) = 1
),

checked_contacts as (
    select * from contacts
    where contact_id in (select contact_id from checks)
    qualify row_number() over (partition by contact_id order by source) = 1
),

-- A check has the slice of what it looked at, unless it says its own.
placed as (
    select
        checks.checked_on,
        checks.source,
        coalesce(checks.channel, tickets.channel, contacts.channel) as channel,
        coalesce(checks.team, tickets.team, contacts.team, agent_periods.team) as team,
        coalesce(tickets.region, contacts.region, agent_periods.region) as region,
        coalesce(tickets.topic, contacts.topic) as topic,
        coalesce(tickets.segment, contacts.segment) as segment,
        checks.passed,
        checks.score
    from checks
    left join checked_tickets as tickets on checks.ticket_id = tickets.ticket_id
    left join checked_contacts as contacts on checks.contact_id = contacts.contact_id
    {{ asof_left_join() }} agent_periods
        on checks.agent_id = agent_periods.agent_id and checks.checked_on >= agent_periods.joined_from
),

added as (
    select
        checked_on,
        {{ known_slices() }},
        cast(count(*) as bigint) as checks,
        {{ count_where('not passed') }} as failed,
        {{ sum_of('score') }} as score_sum,
        cast(count(score) as bigint) as score_base
    from placed
    group by all
)

select * from added
