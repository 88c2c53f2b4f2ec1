{# The additive measures of tickets by the day they are counted on, added up from single tickets. #}

{% macro created_ticket_measures() -%}
    {{ added_up(
        [
            'tickets_created', 'tickets_deleted', 'resolution_cohort', 'resolved_in_30_days', 'replied', 'pending_reply', 'complaints',
            'complaints_due_24h', 'complaints_solved_24h', 'reassignments', 'reassignments_base', 'hops', 'hops_base', 'touches',
            'touches_base', 'next_replies', 'next_replies_pending', 'status_time_base',
        ],
        ['next_reply_minutes', 'requester_wait_minutes', 'agent_work_minutes', 'agent_wait_minutes', 'on_hold_minutes'],
    ) }}
{%- endmacro %}

{% macro solved_ticket_measures() -%}
    {{ added_up([
        'tickets_solved', 'reopened_tickets', 'reopens_base', 'reopens', 'fcr_base', 'fcr_without_repeat', 'fcr_pending',
        'zero_touch', 'one_touch', 'two_touch', 'multi_touch',
    ]) }}
{%- endmacro %}

{% macro due_promise_measures() -%}
    {{ added_up(['promises_due', 'promises_met', 'promises_due_retargeted', 'promises_met_retargeted', 'promises_pending']) }}
{%- endmacro %}
