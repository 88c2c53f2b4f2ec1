-- Grain: one row per local day, source, channel, team and region.
{%- set measures = [
    'handling_seconds', 'available_seconds', 'productive_seconds', 'paid_seconds', 'off_contact_seconds',
    'worked_seconds', 'scheduled_seconds', 'adherent_seconds', 'meeting_seconds', 'training_seconds',
    'coaching_seconds', 'project_seconds', 'break_seconds', 'absence_seconds', 'holiday_seconds',
    'system_down_seconds', 'other_seconds', 'paid_away_seconds', 'paid_learning_seconds', 'paid_meeting_seconds',
    'paid_break_seconds', 'paid_other_seconds',
] %}
with

agent_days as (
    select * from {{ ref('fct_agent_days') }}
),

added as (
    select
        worked_on,
        {{ known_slices(names=['source', 'channel', 'team', 'region']) }},
        {%- for measure in measures %}
            {{ sum_of(measure) }} as {{ measure }},
        {%- endfor %}
        -- Adherence and conformance speak only of time that was scheduled.
        {{ sum_of('handling_seconds + available_seconds') }} as contact_seconds,
        {{ sum_of('case when scheduled_seconds is not null then worked_seconds end') }} as worked_of_scheduled_seconds,
        {{ sum_of('case when adherent_seconds is not null then scheduled_seconds end') }} as adherence_base_seconds,
        {{ sum_of('handling_seconds + available_seconds + productive_seconds') }} as utilised_seconds,
        cast(count(distinct agent_key) as bigint) as agents
    from agent_days
    group by all
)

select * from added
