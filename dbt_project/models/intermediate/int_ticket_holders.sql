-- Grain: one row per ticket whose agent or team was changed: how often it passed from one to another.
with

changes as (
    select * from {{ ref('stg_ticket_events') }}
    where event_type in ('agent', 'team') and to_value is not null
),

-- Named again and not above: what is asked several times is kept in memory as a whole.
sources_that_tell_teams as (
    select distinct source from {{ ref('stg_ticket_events') }}
    where event_type = 'team' and to_value is not null
),

sequenced as (
    select
        source,
        ticket_id,
        event_type,
        to_value,
        coalesce(
            lag(to_value)
                over (partition by source, ticket_id, event_type order by occurred_at, {{ event_order('event_id') }}),
            from_value
        ) as previous_value
    from changes
),

-- The first assignment is none; A to B to A is two.
added as (
    select
        source,
        ticket_id,
        count(*) filter (where event_type = 'agent') as agent_events,
        count(*) filter (where event_type = 'agent' and previous_value <> to_value) as reassignments,
        count(*) filter (where event_type = 'team') as team_events,
        count(*) filter (where event_type = 'team' and previous_value <> to_value) as team_changes
    from sequenced
    group by source, ticket_id
),

-- A source that never names a team does not say that no ticket left one.
final as (
    select
        added.source,
        added.ticket_id,
        added.agent_events,
        added.reassignments,
        added.team_events,
        case when sources_that_tell_teams.source is not null then added.team_changes end as team_changes
    from added
    left join sources_that_tell_teams on added.source = sources_that_tell_teams.source
)

select * from final
