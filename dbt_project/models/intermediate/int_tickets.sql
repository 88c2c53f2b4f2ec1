-- Grain: one row per ticket, its life from events where the source has them and from snapshot columns where it has
-- none. The fact is made of it in one go; whoever else needs a ticket's life reads the fact.
with

tickets as (
    select * from {{ ref('stg_tickets') }}
),

told_replies as (
    select distinct source from {{ ref('int_ticket_replies') }}
    where public_replies > 0
),

-- Joined here, where rows are narrow, and not to the tickets.
states as (
    select
        int_ticket_states.*,
        told_replies.source is not null as replies_are_told
    from {{ ref('int_ticket_states') }} as int_ticket_states
    left join told_replies on int_ticket_states.source = told_replies.source
),

-- Sources that tell of returns at all: by events, by their own count, or by a ticket that was solved and stands open.
told_reopens as (
    select source from {{ ref('int_ticket_states') }}
    union
    select source from {{ ref('stg_tickets') }}
    where
        reopens is not null
        or (status not in ('solved', 'closed', 'deleted') and coalesce(first_solved_at, solved_at) is not null)
),

-- Sources that tell at all where a ticket stands: by events, by a state or by an end.
told_states as (
    select source from {{ ref('int_ticket_states') }}
    union
    select source from {{ ref('stg_tickets') }}
    where coalesce(solved_at, closed_at, first_solved_at) is not null or status is not null
),

told_agents as (
    select distinct source from {{ ref('stg_ticket_events') }}
    where event_type = 'agent' and to_value is not null
),

-- Messages of a source of which none is known to be a reply of ours tell of nobody's silence.
replies as (
    select int_ticket_replies.*
    from {{ ref('int_ticket_replies') }} as int_ticket_replies
    inner join told_replies on int_ticket_replies.source = told_replies.source
),

holders as (
    select * from {{ ref('int_ticket_holders') }}
),

customers as (
    select * from {{ ref('int_customers_current') }}
),

agent_keys as (
    select * from {{ ref('int_ticket_pseudonyms') }}
),

agent_periods as (
    select * from {{ ref('int_agent_periods') }}
),

-- Only tickets that name no team ask whose team their agent was in.
teams_of_agents as (
    select
        untold.source,
        untold.ticket_id,
        agent_periods.team
    from (
        select
            source,
            ticket_id,
            agent_id,
            created_on
        -- Not the tickets above: asked twice they would be kept in memory as a whole.
        from {{ ref('stg_tickets') }}
        where team is null and agent_id is not null
    ) as untold
    {{ asof_left_join() }} agent_periods
        on untold.agent_id = agent_periods.agent_id and untold.created_on >= agent_periods.joined_from
),

gathered as (
    select
        tickets.source,
        tickets.ticket_id,
        tickets.channel,
        coalesce(tickets.team, teams_of_agents.team) as team,
        coalesce(tickets.region, customers.region) as region,
        tickets.topic,
        customers.segment,
        tickets.priority,
        tickets.type,
        tickets.language,
        agent_keys.person_key as agent_key,
        tickets.customer_id,
        tickets.customer_key,
        tickets.is_complaint,
        tickets.created_at,
        tickets.created_on,
        tickets.first_reply_due_at,
        tickets.due_at,
        tickets.reported_sla_state,
        states.ticket_id is not null as has_status_events,
        -- Where the ticket stands when only a snapshot tells.
        case
            when tickets.status in ('solved', 'closed') then 'solved'
            when tickets.status = 'deleted' then 'gone'
            when tickets.status is not null then 'unsolved'
            when coalesce(tickets.solved_at, tickets.closed_at) is not null then 'solved'
            when told_states.source is not null then 'unsolved'
        end as snapshot_state,
        tickets.status as snapshot_status,
        {{ first_solved_at('tickets', 'states') }} as first_solved_at,
        {{ last_solved_at('tickets', 'states') }} as last_solved_at,
        tickets.closed_at as snapshot_closed_at,
        tickets.updated_at,
        tickets.reopens as snapshot_reopens,
        told_reopens.source is not null as reopens_are_told,
        states.last_status,
        states.last_state,
        states.closed_at as event_closed_at,
        states.removed_at,
        states.reopens as event_reopens,
        coalesce(states.has_returned, false) as has_returned,
        states.is_solved_at_cohort_due,
        states.requester_wait_minutes,
        states.agent_work_minutes,
        states.agent_wait_minutes,
        states.on_hold_minutes,
        case when replies.ticket_id is not null then replies.first_replied_at else tickets.first_replied_at end
            as first_replied_at,
        case
            when replies.ticket_id is not null then replies.public_replies
            else coalesce(
                tickets.public_replies,
                -- Silence of a ticket with a history is no reply, in a source that tells of replies at all. A first
                -- reply alone does not say how many followed.
                case when states.replies_are_told and tickets.first_replied_at is null then 0 end
            )
        end as public_replies,
        replies.standard_replies,
        replies.is_first_reply_standard,
        replies.next_replies,
        replies.is_next_reply_pending,
        replies.next_reply_minutes,
        case
            when coalesce(holders.agent_events, 0) > 0 then holders.reassignments
            else coalesce(
                tickets.reassignments,
                -- A history that tells of changes and has none: it stayed with whom it has.
                case
                    when told_agents.source is null or states.ticket_id is null then null
                    when tickets.agent_id is not null then 0
                end
            )
        end as reassignments,
        holders.team_changes,
        tickets.as_of,
        tickets.time_zone
    from tickets
    -- Left joins: a ticket without history, customer or agent is still a ticket.
    left join states on tickets.source = states.source and tickets.ticket_id = states.ticket_id
    left join told_reopens on tickets.source = told_reopens.source
    left join told_states on tickets.source = told_states.source
    left join told_agents on tickets.source = told_agents.source
    left join replies on tickets.source = replies.source and tickets.ticket_id = replies.ticket_id
    left join holders on tickets.source = holders.source and tickets.ticket_id = holders.ticket_id
    left join customers on tickets.customer_id = customers.customer_id
    left join agent_keys on tickets.agent_id = agent_keys.person_id
    left join teams_of_agents
        on tickets.source = teams_of_agents.source and tickets.ticket_id = teams_of_agents.ticket_id
),

stated as (
    select
        *,
        -- Deletion is often told by the snapshot alone.
        case
            when snapshot_status = 'deleted' then 'gone'
            when has_status_events then last_state
            else snapshot_state
        end as state,
        case
            when has_status_events then event_reopens
            -- Solved once and open now is one return at least.
            when snapshot_state = 'unsolved' and first_solved_at is not null
                then greatest(coalesce(snapshot_reopens, 1), 1)
            when reopens_are_told then coalesce(snapshot_reopens, 0)
        end as reopens
    from gathered
),

lived as (
    select
        source,
        ticket_id,
        channel,
        team,
        region,
        topic,
        segment,
        priority,
        type,
        language,
        agent_key,
        customer_id,
        customer_key,
        is_complaint,
        coalesce(
            case when has_status_events then last_status end,
            snapshot_status,
            case state when 'solved' then 'solved' when 'unsolved' then 'open' end
        )
            as status,
        state,
        created_at,
        created_on,
        first_replied_at,
        first_solved_at,
        last_solved_at,
        case when state = 'solved' then last_solved_at end as solved_at,
        coalesce(event_closed_at, snapshot_closed_at) as closed_at,
        -- What is gone and nobody says since when was in no backlog.
        case when state = 'gone' then coalesce(removed_at, snapshot_closed_at, updated_at, created_at) end
            as deleted_at,
        first_reply_due_at,
        due_at,
        reported_sla_state,
        reopens,
        reassignments,
        team_changes,
        public_replies,
        standard_replies,
        is_first_reply_standard,
        next_replies,
        is_next_reply_pending,
        next_reply_minutes,
        has_status_events,
        has_returned,
        last_state as last_event_state,
        updated_at,
        state is not null
        and {{ add_seconds('created_at', var('resolution_cohort_days') ~ ' * 86400') }}
        <= {{ as_of() }} as is_resolution_due,
        case
            when has_status_events then is_solved_at_cohort_due
            else coalesce(
                state = 'solved'
                and last_solved_at <= {{ add_seconds('created_at', var('resolution_cohort_days') ~ ' * 86400') }},
                false
            )
        end as is_solved_at_cohort_due,
        requester_wait_minutes,
        agent_work_minutes,
        agent_wait_minutes,
        on_hold_minutes,
        as_of,
        time_zone
    from stated
),

-- How it left the backlog. A ticket that came back has its steps in its events, except for the last one of a ticket
-- that only the snapshot calls deleted.
left_open as (
    select
        *,
        case
            when state = 'gone' and (not has_status_events or last_event_state = 'unsolved') then 'deleted'
            when has_returned then null
            when has_status_events and last_solved_at is not null then 'solved'
            when not has_status_events and state = 'solved' then 'solved'
        end as left_backlog_by
    from lived
),

final as (
    select
        *,
        case
            when left_backlog_by = 'deleted' then deleted_at
            -- A ticket whose state is known but not its day leaves on the day it was last heard of.
            when left_backlog_by = 'solved' then coalesce(last_solved_at, closed_at, updated_at, {{ as_of() }})
        end as left_backlog_at
    from left_open
)

select * from final
