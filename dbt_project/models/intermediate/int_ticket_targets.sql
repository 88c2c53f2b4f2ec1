-- Grain: one row per promise a ticket's events tell of: the target in force when it was made, how often it was set,
-- and, where that was more than once, every target set: whoever asks for a later one need not read the events again.
with

events as (
    select * from {{ ref('int_ticket_target_changes') }}
),

counted as (
    select
        source,
        ticket_id,
        promise,
        count(*) as times_set,
        min(occurred_at) as made_at,
        min(target_minutes) as target_minutes,
        bool_or(is_business) as is_business
    from events
    group by source, ticket_id, promise
),

-- Nearly all are set once; which of several was the first is asked of the others only.
several as (
    select * from counted
    where times_set > 1
),

first_of_several as (
    select
        events.source,
        events.ticket_id,
        events.promise,
        min_by(events.target_minutes, {{ event_place('events.occurred_at', 'events.event_id') }}) as target_minutes,
        min_by(events.is_business, {{ event_place('events.occurred_at', 'events.event_id') }}) as is_business,
        {{ all_of(together({
            'occurred_at': 'events.occurred_at',
            'event_id': 'events.event_id',
            'target_minutes': 'events.target_minutes',
        })) }} as targets_set
    from events
    {{ semi_join() }} several
        on
            events.source = several.source
            and events.ticket_id = several.ticket_id
            and events.promise = several.promise
    group by events.source, events.ticket_id, events.promise
),

final as (
    select
        counted.source,
        counted.ticket_id,
        counted.promise,
        counted.times_set,
        counted.made_at,
        coalesce(first_of_several.target_minutes, counted.target_minutes) as target_minutes,
        coalesce(first_of_several.is_business, counted.is_business) as is_business,
        first_of_several.targets_set
    from counted
    left join first_of_several
        on
            counted.times_set > 1
            and counted.source = first_of_several.source
            and counted.ticket_id = first_of_several.ticket_id
            and counted.promise = first_of_several.promise
)

select * from final
