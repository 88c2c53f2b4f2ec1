-- Grain: one row per ticket and promise (first reply, resolution), with its state.
with

promises as (
    select * from {{ ref('int_ticket_promises') }}
),

tickets as (
    select * from {{ ref('int_tickets') }}
),

placed as (
    select
        promises.*,
        {{ slices('tickets', ['channel', 'team', 'region', 'topic', 'segment']) }},
        tickets.priority,
        tickets.reported_sla_state,
        case promises.promise when 'first_reply' then tickets.first_replied_at else tickets.solved_at end
            as fulfilled_at,
        -- Nobody waits for a reply to a ticket that was deleted.
        least({{ as_of('tickets') }}, coalesce(tickets.deleted_at, {{ as_of('tickets') }})) as judged_at,
        {{ local_day('promises.due_at', 'tickets') }} as due_on,
        {{ as_of('tickets') }}
    from promises
    inner join tickets on promises.source = tickets.source and promises.ticket_id = tickets.ticket_id
),

judged as (
    select
        *,
        case
            when fulfilled_at <= due_at then 'met'
            -- Silence past the deadline is already a breach.
            when coalesce(fulfilled_at, judged_at) > due_at then 'breached'
            else 'pending'
        end as state,
        case
            when fulfilled_at <= retargeted_due_at then 'met'
            when coalesce(fulfilled_at, judged_at) > retargeted_due_at then 'breached'
            else 'pending'
        end as retargeted_state
    from placed
),

final as (
    select
        source,
        ticket_id,
        promise,
        {{ slices(names=['channel', 'team', 'region', 'topic', 'segment']) }},
        priority,
        told_by,
        made_at,
        target_minutes,
        is_business,
        due_at,
        due_on,
        fulfilled_at,
        state,
        -- Kept early is kept, but it counts on its due day like all others, and not before.
        due_at <= {{ as_of() }} and state <> 'pending' as is_due,
        due_at <= {{ as_of() }} and state = 'met' as is_met,
        retargeted_due_at,
        retargeted_state,
        retargeted_due_at <= {{ as_of() }} and retargeted_state <> 'pending' as is_retargeted_due,
        retargeted_due_at <= {{ as_of() }} and retargeted_state = 'met' as is_retargeted_met,
        reported_sla_state,
        {{ as_of() }}
    from judged
)

select * from final
