-- Grain: one row per queue and interval of a source that reports totals instead of single contacts.
with

intervals as (
    select * from {{ ref('stg_interval_stats') }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

thresholds as (
    select * from {{ ref('int_channel_thresholds') }}
),

days_with_contacts as (
    select distinct
        queue,
        channel,
        arrived_on
    from contacts
    where queue is not null and direction = 'inbound'
),

-- Does the source say, for this queue, what the shares need? One blank interval must not turn a series into another
-- one.
known as (
    select
        source,
        queue,
        count(abandoned_short) filter (where abandoned > 0)
        >= {{ var('known_wait_share') }} * count(*) filter (where abandoned > 0) as is_short_known,
        count(abandoned_in_threshold) filter (where abandoned > 0)
        >= {{ var('known_wait_share') }} * count(*) filter (where abandoned > 0) as is_abandon_wait_known,
        count(answered_in_threshold) filter (where answered > 0)
        >= {{ var('known_wait_share') }} * count(*) filter (where answered > 0) as is_answer_wait_known
    from intervals
    group by source, queue
),

-- A blank among figures is nought; a source that never tells a figure does not say that it was nought.
told as (
    select
        source,
        count(answered) > 0 as is_answered_told,
        count(abandoned) > 0 as is_abandoned_told
    from intervals
    group by source
),

-- An interval without an end lasts as long as the smallest step between the starts of its queue on a day, where that is
-- a usual one and no start lies off its grid; the totals of a day have no other start and stay of unknown length.
stepped as (
    select
        source,
        queue,
        channel,
        {{ minute_of_day('arrived_local_at') }} as minute_of_day,
        {{ minutes_between(
            'lag(interval_start_at) over (partition by source, queue, channel, arrived_on order by interval_start_at)',
            'interval_start_at'
        ) }} as minutes
    from intervals
    where interval_end_at is null
),

lengths as (
    select
        source,
        queue,
        channel,
        min(minutes) as minutes
    from stepped
    group by source, queue, channel
    having min(minutes) in (15, 30, 60) and bool_and(minute_of_day % 15 = 0 and coalesce(minutes, 60) % 15 = 0)
),

placed as (
    select
        intervals.*,
        coalesce(intervals.interval_end_at, {{ add_seconds('intervals.interval_start_at', 'lengths.minutes * 60') }})
            as known_end_at,
        told.is_answered_told,
        told.is_abandoned_told,
        days_with_contacts.arrived_on is not null as is_superseded,
        known.is_short_known,
        known.is_abandon_wait_known,
        known.is_answer_wait_known,
        coalesce(own_thresholds.answer_within_seconds, default_thresholds.answer_within_seconds)
            as answer_within_seconds
    from intervals
    left join told on intervals.source = told.source
    left join lengths
        on
            intervals.source = lengths.source
            and intervals.queue = lengths.queue
            and intervals.channel = lengths.channel
    left join known on intervals.source = known.source and intervals.queue = known.queue
    -- A queue-day that has single contacts is counted from them; its totals stay here, marked.
    left join days_with_contacts
        on
            intervals.queue = days_with_contacts.queue
            and intervals.channel = days_with_contacts.channel
            and intervals.arrived_on = days_with_contacts.arrived_on
    left join thresholds as own_thresholds on intervals.channel = own_thresholds.channel
    left join thresholds as default_thresholds on default_thresholds.channel = 'default'
),

final as (
    select
        source,
        channel,
        team,
        region,
        topic,
        cast(null as varchar) as segment,
        queue,
        interval_start_at,
        known_end_at as interval_end_at,
        arrived_on,
        {{ minute_of_day('arrived_local_at') }} as minute_of_day,
        cast({{ minutes_between('interval_start_at', 'known_end_at') }} as double) as interval_minutes,
        is_superseded,
        -- The source's own 'offered' stands; what its parts do not explain is shown.
        coalesce(offered, coalesce(answered, 0) + coalesce(abandoned, 0) + coalesce(flowed_out, 0)) as offered,
        case when is_answered_told then coalesce(answered, 0) end as answered,
        case when is_abandoned_told then coalesce(abandoned, 0) end as abandoned,
        coalesce(flowed_out, 0) as flowed_out,
        coalesce(offered - coalesce(answered, 0) - coalesce(abandoned, 0) - coalesce(flowed_out, 0), 0) as unexplained,
        case when is_abandoned_told and is_short_known then coalesce(abandoned_short, 0) end as abandoned_short,
        case when is_answered_told and is_answer_wait_known then coalesce(answered_in_threshold, 0) end
            as answered_in_threshold,
        case when is_abandoned_told and is_abandon_wait_known then coalesce(abandoned_in_threshold, 0) end
            as abandoned_in_threshold,
        coalesce(threshold_seconds, answer_within_seconds) as threshold_seconds,
        coalesce(handled, answered, case when is_answered_told then 0 end) as handled,
        transferred,
        wait_seconds,
        talk_seconds,
        hold_seconds,
        wrap_seconds,
        case when talk_seconds is not null then talk_seconds + coalesce(hold_seconds, 0) + coalesce(wrap_seconds, 0) end
            as handling_seconds,
        {{ as_of() }}
    from placed
)

select * from final
