-- Grain: one row per agent, local day and channel, with paid time by state.
{%- set states = [
    'handling', 'available', 'meeting', 'training', 'coaching', 'project', 'break', 'absence', 'holiday', 'system_down',
] %}
{#- Parts of shrinkage in the order in which they are planned; what no other part names is in the last. -#}
{%- set parts = {
    'away': ['absence', 'holiday'], 'learning': ['training', 'coaching'], 'meeting': ['meeting', 'project'], 'break': ['break'],
} %}
{%- set planned = ['handling', 'available'] + parts.values() | sum(start=[]) %}
with

agent_time as (
    select * from {{ ref('stg_agent_time') }}
),

agent_periods as (
    select * from {{ ref('int_agent_periods') }}
),

placed as (
    select
        agent_time.*,
        agent_periods.team,
        agent_periods.region,
        agent_periods.role_type
    from agent_time
    -- Left: time of somebody who is on no list was paid as well.
    {{ asof_left_join() }} agent_periods
        on agent_time.agent_id = agent_periods.agent_id and agent_time.worked_on >= agent_periods.joined_from
),

added as (
    select
        source,
        agent_key,
        worked_on,
        channel,
        team,
        region,
        role_type,
        {%- for state in states %}
            cast(coalesce(sum(seconds) filter (where state = '{{ state }}'), 0) as double) as {{ state }}_seconds,
        {%- endfor %}
        cast(coalesce(sum(seconds) filter (
            where state not in ('{{ states | join("', '") }}')
        ), 0) as double) as other_seconds,
        -- Meetings, training, coaching and projects are work; breaks and absence are not.
        cast(
            coalesce(sum(seconds) filter (where state in ('meeting', 'training', 'coaching', 'project')), 0) as double
        ) as productive_seconds,
        cast(coalesce(sum(seconds) filter (where is_paid), 0) as double) as paid_seconds,
        cast(coalesce(sum(seconds) filter (where is_paid and state not in ('handling', 'available')), 0) as double)
            as off_contact_seconds,
        {%- for part, of_part in parts.items() %}
            cast(coalesce(sum(seconds) filter (
                where is_paid and state in ('{{ of_part | join("', '") }}')  -- noqa: LT05
            ), 0) as double) as paid_{{ part }}_seconds,
        {%- endfor %}
        cast(coalesce(sum(seconds) filter (
            where is_paid and state not in ('{{ planned | join("', '") }}')  -- noqa: LT05
        ), 0) as double) as paid_other_seconds,
        cast(coalesce(sum(seconds) filter (where state not in ('absence', 'holiday')), 0) as double) as worked_seconds,
        {{ sum_of('scheduled_seconds') }} as scheduled_seconds,
        {{ sum_of('adherent_seconds') }} as adherent_seconds
    from placed
    group by all
)

select * from added
