-- Grain: one row per channel that has thresholds of its own, and one, 'default', for all others.
with

thresholds as (
    select * from {{ source('config', 'thresholds') }}
),

fallback as (
    select
        coalesce(max(answer_within_seconds) filter (where channel = 'default'), 20) as answer_within_seconds,
        coalesce(max(short_abandon_seconds) filter (where channel = 'default'), 5) as short_abandon_seconds
    from thresholds
),

own as (
    select
        thresholds.channel,
        coalesce(thresholds.answer_within_seconds, fallback.answer_within_seconds) as answer_within_seconds,
        coalesce(thresholds.short_abandon_seconds, fallback.short_abandon_seconds) as short_abandon_seconds
    from thresholds
    cross join fallback
    where thresholds.channel <> 'default'
),

complete as (
    select
        channel,
        answer_within_seconds,
        short_abandon_seconds
    from own
    union all
    select
        'default' as channel,
        answer_within_seconds,
        short_abandon_seconds
    from fallback
)

select * from complete
