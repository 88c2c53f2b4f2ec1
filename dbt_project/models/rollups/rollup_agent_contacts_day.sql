-- Grain: one row per local day of arrival, agent, team and channel: contacts the agent answered.
with

contacts as (
    select * from {{ ref('fct_contacts') }}
    where is_answered and agent_key is not null
),

added as (
    select
        arrived_on,
        source,
        agent_key,
        coalesce(team, 'unknown') as team,
        coalesce(region, 'unknown') as region,
        coalesce(channel, 'unknown') as channel,
        cast(count(*) as bigint) as answered,
        {{ count_where('is_answered_in_threshold') }} as in_threshold,
        {{ count_where('is_answered_in_threshold is not null') }} as in_threshold_base,
        {{ exact_sum('wait_seconds') }} as wait_seconds,
        {{ exact_sum('handling_seconds') }} as handling_seconds,
        {{ count_where('handling_seconds is not null') }} as handling_base,
        {{ count_where('is_transferred') }} as transferred
    from contacts
    group by all
)

select * from added
