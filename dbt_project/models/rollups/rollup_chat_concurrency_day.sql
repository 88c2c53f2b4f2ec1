-- Grain: one row per local day of arrival, source, channel, team and region of chats, with the seconds an agent had
-- chats in hand. A chat adds to the busy time only what no earlier chat of its agent has covered.
with

chats as (
    select
        source,
        contact_id,
        channel,
        team,
        region,
        agent_key,
        arrived_on,
        answered_at,
        ended_at
    from {{ ref('fct_contacts') }}
    where
        is_answered
        and agent_key is not null
        and ended_at >= answered_at
        and channel in ('{{ var('concurrent_channels') | join("', '") }}')  -- noqa: LT05
),

followed as (
    select
        *,
        max(ended_at) over (
            -- Of two that began and ended together one is first, the same in every build.
            partition by agent_key order by answered_at, ended_at, source, contact_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from chats
),

uncovered as (
    select
        *,
        least(greatest(answered_at, coalesce(covered_until, answered_at)), ended_at) as busy_from_at
    from followed
),

added as (
    select
        arrived_on,
        {{ known_slices(names=['source', 'channel', 'team', 'region']) }},
        cast(count(*) as bigint) as chats,
        {{ exact_sum(seconds_between('answered_at', 'ended_at')) }} as chat_seconds,
        {{ exact_sum(seconds_between('busy_from_at', 'ended_at')) }} as busy_seconds
    from uncovered
    group by all
)

select * from added
