-- Grain: one row per month, measure, agent, team, region and channel: how one agent's cases sum up. Only tests of the
-- SWOT read it, to see how far the cases of one agent go together. Durations are on logarithms. Of shares of time the
-- cases are days: their squares are how far days stray from the agent's own share, on top of that share's square.
{%- set times = [
    ('occupancy', 'handling_seconds', 'handling_seconds + available_seconds'),
    ('utilisation', 'handling_seconds + available_seconds + productive_seconds', 'paid_seconds'),
    ('shrinkage', 'off_contact_seconds', 'paid_seconds'),
    ('absence_rate', 'absence_seconds', 'paid_seconds'),
] %}
with

contacts as (
    select * from {{ ref('fct_contacts') }}
    where is_answered and agent_key is not null
),

tickets as (
    select * from {{ ref('fct_tickets') }}
    where agent_key is not null
),

promises as (
    select
        promises.due_on,
        promises.team,
        promises.region,
        promises.channel,
        promises.is_met,
        tickets.agent_key
    from {{ ref('fct_ticket_promises') }} as promises
    -- Inner: whose promise it was, the ticket says.
    inner join tickets on promises.source = tickets.source and promises.ticket_id = tickets.ticket_id
    where promises.is_due
),

answers as (
    select * from {{ ref('fct_survey_answers') }}
    where agent_key is not null and instrument = 'csat' and role = 'perception' and satisfied is not null
),

checks as (
    select * from {{ ref('stg_quality_checks') }}
    where agent_key is not null and checked_on is not null
),

agent_days as (
    select * from {{ ref('fct_agent_days') }}
    where agent_key is not null
),

contacts_added as (
    select
        {{ month_of('arrived_on') }} as month_on,
        agent_key,
        {{ known_slices(names=['team', 'region', 'channel']) }},
        count(handling_seconds) as handling_base,
        sum(handling_seconds) as handling,
        sum(handling_seconds * handling_seconds) as handling_sq,
        count(is_transferred) as transfer_base,
        {{ count_where('is_transferred') }} as transferred,
        count(wait_seconds) as wait_base,
        sum(wait_seconds) as wait,
        sum(wait_seconds * wait_seconds) as wait_sq,
        count(is_answered_in_threshold) as in_time_base,
        {{ count_where('is_answered_in_threshold') }} as in_time
    from contacts
    group by all
),

created_added as (
    select
        {{ month_of('created_on') }} as month_on,
        agent_key,
        {{ known_slices(names=['team', 'region', 'channel']) }},
        {{ count_where('is_resolution_due') }} as resolution_base,
        {{ count_where('is_resolution_due and is_resolved_in_time') }} as resolved,
        {{ count_where('is_complaint_due') }} as complaint_base,
        {{ count_where('is_complaint_due and is_complaint_solved_in_time') }} as complaint_solved,
        count(first_reply_business_minutes) as reply_base,
        sum(ln(1 + first_reply_business_minutes)) as reply,
        sum(ln(1 + first_reply_business_minutes) * ln(1 + first_reply_business_minutes)) as reply_sq,
        count(full_resolution_business_minutes) as solving_base,
        sum(ln(1 + full_resolution_business_minutes)) as solving,
        sum(ln(1 + full_resolution_business_minutes) * ln(1 + full_resolution_business_minutes)) as solving_sq,
        count(public_replies) as touch_base,
        sum(public_replies) as touches,
        sum(public_replies * public_replies) as touches_sq,
        count(reassignments) as hop_base,
        sum(reassignments) as hops,
        sum(reassignments * reassignments) as hops_sq
    from tickets
    where created_on is not null
    group by all
),

promises_added as (
    select
        {{ month_of('due_on') }} as month_on,
        agent_key,
        {{ known_slices(names=['team', 'region', 'channel']) }},
        count(*) as promises_due,
        {{ count_where('is_met') }} as promises_met
    from promises
    group by all
),

solved_added as (
    select
        {{ month_of('solved_on') }} as month_on,
        agent_key,
        {{ known_slices(names=['team', 'region', 'channel']) }},
        count(is_reopened) as reopen_base,
        {{ count_where('is_reopened') }} as reopened,
        {{ count_where('is_repeat_due') }} as repeat_base,
        {{ count_where('is_repeat_due and not is_repeated') }} as not_repeated
    from tickets
    where solved_on is not null
    group by all
),

answers_added as (
    select
        {{ month_of('responded_on') }} as month_on,
        agent_key,
        {{ known_slices(names=['team', 'region', 'channel']) }},
        sum(n) as answers,
        sum(case when satisfied then n else 0 end) as satisfied
    from answers
    where responded_on is not null
    group by all
),

checks_added as (
    select
        {{ month_of('checked_on') }} as month_on,
        agent_key,
        coalesce(team, 'unknown') as team,
        'unknown' as region,
        coalesce(channel, 'unknown') as channel,
        count(*) as checks,
        {{ count_where('not passed') }} as failed
    from checks
    group by all
),

times_added as (
    select
        {{ month_of('worked_on') }} as month_on,
        agent_key,
        {%- for measure, part, whole in times %}
            sum({{ part }}) as {{ measure }}_y,
            sum({{ whole }}) as {{ measure }}_x,
            sum(({{ part }}) * ({{ part }})) as {{ measure }}_yy,
            sum(({{ part }}) * ({{ whole }})) as {{ measure }}_xy,
            sum(({{ whole }}) * ({{ whole }})) as {{ measure }}_xx,
        {%- endfor %}
        {{ known_slices(names=['team', 'region', 'channel']) }}
    from agent_days
    group by all
),

-- Where every case is a yes or a no, its square is itself.
together as (
    select
        {{ cluster_row('aht_seconds', 'handling_base', 'handling', 'handling_sq') }}
    from contacts_added
    union all
    select
        {{ cluster_row('transfer_rate', 'transfer_base', 'transferred', 'transferred') }}
    from contacts_added
    union all
    select
        {{ cluster_row('asa_seconds', 'wait_base', 'wait', 'wait_sq') }}
    from contacts_added
    union all
    select
        {{ cluster_row('service_level', 'in_time_base', 'in_time', 'in_time') }}
    from contacts_added
    union all
    select
        {{ cluster_row('sla_attainment', 'promises_due', 'promises_met', 'promises_met') }}
    from promises_added
    union all
    select
        {{ cluster_row('touches', 'touch_base', 'touches', 'touches_sq') }}
    from created_added
    union all
    select
        {{ cluster_row('reassignments', 'hop_base', 'hops', 'hops_sq') }}
    from created_added
    union all
    select
        {{ cluster_row('resolution_rate', 'resolution_base', 'resolved', 'resolved') }}
    from created_added
    union all
    select
        {{ cluster_row('complaints_resolved_24h', 'complaint_base', 'complaint_solved', 'complaint_solved') }}
    from created_added
    union all
    select
        {{ cluster_row('first_reply_business_minutes_p50', 'reply_base', 'reply', 'reply_sq') }}
    from created_added
    union all
    select
        {{ cluster_row('full_resolution_business_minutes_p50', 'solving_base', 'solving', 'solving_sq') }}
    from created_added
    union all
    select
        {{ cluster_row('reopen_rate', 'reopen_base', 'reopened', 'reopened') }}
    from solved_added
    union all
    select
        {{ cluster_row('fcr_internal', 'repeat_base', 'not_repeated', 'not_repeated') }}
    from solved_added
    union all
    select
        {{ cluster_row('csat', 'answers', 'satisfied', 'satisfied') }}
    from answers_added
    union all
    select
        {{ cluster_row('error_rate', 'checks', 'failed', 'failed') }}
    from checks_added
    {%- for measure, part, whole in times %}
        union all
        select
            {{ cluster_row(measure, measure ~ '_x', measure ~ '_y', strays(measure)) }}
        from times_added
    {%- endfor %}
),

final as (
    select * from together
    where x > 0
)

select * from final
