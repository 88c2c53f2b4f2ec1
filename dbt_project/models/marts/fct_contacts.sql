-- Grain: one row per call, chat or message session of a source.
with

contacts as (
    select * from {{ ref('stg_contacts') }}
),

repeats as (
    select * from {{ ref('int_contact_repeats') }}
),

known_waits as (
    select * from {{ ref('int_contact_known_waits') }}
),

customers as (
    select * from {{ ref('int_customers_current') }}
),

agent_keys as (
    select * from {{ ref('int_contact_pseudonyms') }}
    where kind = 'agent'
),

customer_keys as (
    select * from {{ ref('int_contact_pseudonyms') }}
    where kind = 'customer'
),

agent_periods as (
    select * from {{ ref('int_agent_periods') }}
),

-- Only contacts that name no team ask whose team their agent was in.
teams_of_agents as (
    select
        untold.source,
        untold.contact_id,
        agent_periods.team
    from (
        select
            source,
            contact_id,
            agent_id,
            arrived_on
        from contacts
        where team is null and agent_id is not null
    ) as untold
    {{ asof_left_join() }} agent_periods
        on untold.agent_id = agent_periods.agent_id and untold.arrived_on >= agent_periods.joined_from
),

thresholds as (
    select * from {{ ref('int_channel_thresholds') }}
),

placed as (
    select
        contacts.*,
        coalesce(contacts.team, teams_of_agents.team) as served_by_team,
        coalesce(contacts.region, customers.region) as place,
        customers.segment,
        agent_keys.person_key as agent_pseudonym,
        customer_keys.person_key as customer_pseudonym,
        coalesce(own_thresholds.answer_within_seconds, default_thresholds.answer_within_seconds)
            as answer_within_seconds,
        coalesce(own_thresholds.short_abandon_seconds, default_thresholds.short_abandon_seconds)
            as short_abandon_seconds,
        coalesce(known_waits.is_abandon_wait_known, false) as is_abandon_wait_known,
        coalesce(known_waits.is_answer_wait_known, false) as is_answer_wait_known,
        coalesce(known_waits.is_automation_known, false) as is_automation_known,
        repeats.next_contact_at,
        coalesce(contacts.ended_at, contacts.arrived_at) as over_at
    from contacts
    -- Left joins: a contact counts whether or not its customer, agent or channel is known.
    left join customers on contacts.customer_id = customers.customer_id
    left join agent_keys on contacts.agent_id = agent_keys.person_id
    left join customer_keys on contacts.customer_id = customer_keys.person_id
    left join teams_of_agents
        on contacts.source = teams_of_agents.source and contacts.contact_id = teams_of_agents.contact_id
    left join thresholds as own_thresholds on contacts.channel = own_thresholds.channel
    left join thresholds as default_thresholds on default_thresholds.channel = 'default'
    left join known_waits on contacts.source = known_waits.source and contacts.channel = known_waits.channel
    left join repeats on contacts.source = repeats.source and contacts.contact_id = repeats.contact_id
),

judged as (
    select
        *,
        direction = 'inbound' and outcome in ('answered', 'abandoned', 'flowed_out') as is_offered,
        direction = 'inbound' and outcome = 'answered' as is_answered,
        direction = 'inbound' and outcome = 'abandoned' as is_abandoned,
        direction = 'inbound' and outcome = 'flowed_out' as is_flowed_out,
        {{ add_seconds('over_at', var('containment_repeat_hours') ~ ' * 3600') }} as repeat_known_at
    from placed
),

-- Containment has had its time when a repeat could have come and did not.
timed as (
    select
        *,
        direction = 'inbound' and met_automation and repeat_known_at <= {{ as_of() }} as is_containment_due,
        direction = 'inbound' and is_automation_known and repeat_known_at <= {{ as_of() }} as is_automation_due,
        coalesce(next_contact_at <= repeat_known_at, false) as is_repeated_soon
    from judged
),

final as (
    select
        source,
        contact_id,
        channel,
        served_by_team as team,
        place as region,
        topic,
        segment,
        queue,
        direction,
        language,
        agent_pseudonym as agent_key,
        customer_pseudonym as customer_key,
        ticket_id,
        arrived_at,
        arrived_on,
        {{ minute_of_day('arrived_local_at') }} as minute_of_day,
        answered_at,
        ended_at,
        outcome,
        is_offered,
        is_answered,
        is_abandoned,
        is_flowed_out,
        case when is_abandoned and is_abandon_wait_known then coalesce(wait_seconds <= short_abandon_seconds, false) end
            as is_abandoned_short,
        case when is_answered and is_answer_wait_known then coalesce(wait_seconds <= answer_within_seconds, false) end
            as is_answered_in_threshold,
        case when is_abandoned and is_abandon_wait_known then coalesce(wait_seconds <= answer_within_seconds, false) end
            as is_abandoned_in_threshold,
        is_abandon_wait_known,
        is_answer_wait_known,
        answer_within_seconds,
        short_abandon_seconds,
        is_automation_due,
        is_containment_due,
        is_containment_due and outcome = 'contained' and not is_repeated_soon as is_contained,
        direction = 'inbound' and met_automation and not is_containment_due as is_containment_pending,
        is_answered and coalesce(transfers, 0) > 0 as is_transferred,
        transfers,
        wait_seconds,
        talk_seconds,
        hold_seconds,
        wrap_seconds,
        case when talk_seconds is not null then talk_seconds + coalesce(hold_seconds, 0) + coalesce(wrap_seconds, 0) end
            as handling_seconds,
        {{ as_of() }}
    from timed
)

select * from final
