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
