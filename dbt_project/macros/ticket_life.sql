{# Instants of a ticket's life, from its events where it has any, else from the snapshot's columns. #}

{% macro snapshot_solved_at(tickets) -%}
    coalesce(
        {{ tickets }}.solved_at,
        case when {{ tickets }}.status in ('solved', 'closed') then {{ tickets }}.closed_at end
    )
{%- endmacro %}

{% macro last_solved_at(tickets, states) -%}
    case
        when {{ states }}.ticket_id is not null then {{ states }}.last_solved_at
        else coalesce({{ snapshot_solved_at(tickets) }}, {{ tickets }}.first_solved_at)
    end
{%- endmacro %}

{% macro first_solved_at(tickets, states) -%}
    case
        when {{ states }}.ticket_id is not null then {{ states }}.first_solved_at
        else coalesce({{ tickets }}.first_solved_at, {{ snapshot_solved_at(tickets) }})
    end
{%- endmacro %}

{# Whether a status counts as solved, unsolved or gone. #}
{% macro state_of(status) -%}
    case {{ status }}
        when 'solved' then 'solved' when 'closed' then 'solved' when 'deleted' then 'gone' else 'unsolved'
    end
{%- endmacro %}

{# Minutes an event adds to some statuses: those it begins, and of the first event those before it. #}
{% macro minutes_in(statuses) -%}
    {%- set listed = "('" ~ statuses | join("', '") ~ "')" -%}
    (case when status in {{ listed }} then minutes else 0 end + case when previous_status in {{ listed }} then minutes_before else 0 end)
{%- endmacro %}

{# From status events to the state each left and entered: CTEs after one called `events`, the last of them `judged`. #}
{% macro status_changes() -%}
named as (
    select
        source,
        ticket_id,
        event_id,
        occurred_at,
        from_value,
        case when event_type = 'status' then to_value else 'deleted' end as status
    from events
),

sequenced as (
    select
        source,
        ticket_id,
        occurred_at,
        status,
        -- The chain of what was entered rules; what the source says it left counts only for the first link.
        coalesce(lag(status) over history, from_value, 'new') as previous_status,
        lag(status) over history is null as is_first,
        lead(occurred_at) over history as ended_at
    from named
    window history as (partition by source, ticket_id order by occurred_at, {{ event_order('event_id') }})
),

classed as (
    select
        *,
        {{ state_of('status') }} as state,
        {{ state_of('previous_status') }} as previous_state
    from sequenced
),

judged as (
    select
        *,
        state = 'solved' and previous_state = 'unsolved' as is_solve,
        state = 'unsolved' and previous_state = 'solved' as is_reopen,
        state = 'unsolved' and previous_state = 'gone' as is_restore,
        state = 'gone' and previous_state = 'unsolved' as is_removal
    from classed
)
{%- endmacro %}
