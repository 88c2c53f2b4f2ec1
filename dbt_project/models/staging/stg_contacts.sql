-- Grain: one row per call, chat or message session of a source.
with

contacts as (
    select * from {{ source('raw', 'contacts') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        contacts.source,
        contacts.contact_id,
        contacts.arrived_at,
        contacts.channel,
        contacts.outcome,
        contacts.queue,
        contacts.team,
        contacts.agent_id,
        {{ pseudonym('contacts.agent_id') }} as agent_key,
        contacts.customer_id,
        {{ pseudonym('contacts.customer_id') }} as customer_key,
        contacts.region,
        contacts.topic,
        contacts.ticket_id,
        contacts.language,
        coalesce(contacts.direction, 'inbound') as direction,
        contacts.answered_at,
        contacts.ended_at,
        -- The wait a source states stands; else it is the time to the answer, or to the end of one who gave up.
        coalesce(
            contacts.wait_seconds,
            case
                when
                    contacts.outcome = 'answered'
                    then {{ seconds_between('contacts.arrived_at', 'contacts.answered_at') }}
                when
                    contacts.outcome = 'abandoned'
                    then {{ seconds_between('contacts.arrived_at', 'contacts.ended_at') }}
            end
        ) as wait_seconds,
        contacts.talk_seconds,
        contacts.hold_seconds,
        contacts.wrap_seconds,
        contacts.transfers,
        coalesce(contacts.met_automation, contacts.outcome = 'contained') as met_automation,
        {{ local_at('contacts.arrived_at', 'sources') }} as arrived_local_at,
        {{ local_day('contacts.arrived_at', 'sources') }} as arrived_on,
        {{ as_of('sources') }},
        sources.time_zone
    from contacts
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on contacts.source = sources.source
)

select * from placed
