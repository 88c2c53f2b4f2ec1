-- Grain: one row per queue and interval of a source.
with

interval_stats as (
    select * from {{ source('raw', 'interval_stats') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        interval_stats.source,
        interval_stats.queue,
        interval_stats.channel,
        interval_stats.interval_start_at,
        interval_stats.interval_end_at,
        interval_stats.team,
        interval_stats.region,
        interval_stats.topic,
        interval_stats.offered,
        interval_stats.answered,
        interval_stats.abandoned,
        interval_stats.abandoned_short,
        interval_stats.answered_in_threshold,
        interval_stats.abandoned_in_threshold,
        interval_stats.threshold_seconds,
        interval_stats.flowed_out,
        interval_stats.handled,
        interval_stats.transferred,
        interval_stats.wait_seconds,
        interval_stats.talk_seconds,
        interval_stats.hold_seconds,
        interval_stats.wrap_seconds,
        {{ local_at('interval_stats.interval_start_at', 'sources') }} as arrived_local_at,
        {{ local_day('interval_stats.interval_start_at', 'sources') }} as arrived_on,
        {{ as_of('sources') }},
        sources.time_zone
    from interval_stats
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on interval_stats.source = sources.source
)

select * from placed
