-- Grain: one row per channel that is known by name or that something came in by.
with

names as (
    select * from {{ ref('channels') }}
),

thresholds as (
    select * from {{ ref('int_channel_thresholds') }}
),

used as (
    select channel from {{ ref('fct_contacts') }}
    union
    select channel from {{ ref('fct_queue_intervals') }}
    union
    select channel from {{ ref('fct_tickets') }}
    union
    select channel from names
),

final as (
    select
        used.channel,
        coalesce(names.label, used.channel) as label,
        coalesce(names.label_zh, used.channel) as label_zh,
        coalesce(names.label_vi, used.channel) as label_vi,
        coalesce(names.is_live, false) as is_live,
        coalesce(names.position, 99) as position,
        cast(coalesce(own_thresholds.answer_within_seconds, default_thresholds.answer_within_seconds) as double)
            as answer_within_seconds,
        cast(coalesce(own_thresholds.short_abandon_seconds, default_thresholds.short_abandon_seconds) as double)
            as short_abandon_seconds
    from used
    left join names on used.channel = names.channel
    left join thresholds as own_thresholds on used.channel = own_thresholds.channel
    left join thresholds as default_thresholds on default_thresholds.channel = 'default'
    where used.channel is not null
)

select * from final
