-- Grain: one row per contact, and per interval of queues that report nothing finer; every measure a number that adds
-- up. A step between facts and rollups; it keeps nothing of its own.
{{ config(materialized='view', schema='intermediate', contract={'enforced': false}) }}
with

contacts as (
    select * from {{ ref('fct_contacts') }}
),

intervals as (
    select * from {{ ref('fct_queue_intervals') }}
),

single as (
    select
        {{ slices() }},
        arrived_on,
        minute_of_day,
        30.0 as interval_minutes,
        15 as told_by_minutes,
        arrived_at as from_at,
        cast(is_offered as bigint) as offered,
        cast(is_answered as bigint) as answered,
        cast(is_abandoned as bigint) as abandoned,
        cast(is_flowed_out as bigint) as flowed_out,
        cast(0 as bigint) as unexplained,
        case when is_abandon_wait_known then cast(coalesce(is_abandoned_short, false) as bigint) end as abandoned_short,
        case when is_answer_wait_known then cast(coalesce(is_answered_in_threshold, false) as bigint) end
            as answered_in_threshold,
        case when is_abandon_wait_known then cast(coalesce(is_abandoned_in_threshold, false) as bigint) end
            as abandoned_in_threshold,
        cast(is_answered as bigint) as handled,
        case when is_answered then cast(is_transferred as bigint) end as transferred,
        cast(is_answered and transfers is not null as bigint) as transfer_base,
        cast(outcome = 'contained' as bigint) as ended_by_automation,
        cast(is_contained as bigint) as contained,
        cast(is_containment_due as bigint) as met_automation,
        cast(is_containment_pending as bigint) as containment_pending,
        case when is_automation_due then cast(1 as bigint) end as automation_base,
        case when is_answered then wait_seconds end as wait_seconds,
        case when is_answered then wait_seconds * wait_seconds end as wait_seconds_sq,
        cast(is_answered and wait_seconds is not null as bigint) as waited_base,
        case when is_abandoned then wait_seconds end as abandoned_wait_seconds,
        case when is_answered then talk_seconds end as talk_seconds,
        case when is_answered then hold_seconds end as hold_seconds,
        case when is_answered then wrap_seconds end as wrap_seconds,
        case when is_answered then handling_seconds end as handling_seconds,
        case when is_answered then handling_seconds * handling_seconds end as handling_seconds_sq,
        cast(is_answered and handling_seconds is not null as bigint) as handling_base
    from contacts
    where direction = 'inbound'
),

totals as (
    select
        {{ slices() }},
        arrived_on,
        minute_of_day,
        interval_minutes,
        -- The finest of the usual lengths this row can speak to; longer intervals speak to none.
        case
            when interval_minutes <= 15 then 15
            when interval_minutes <= 30 then 30
            when interval_minutes <= 60 then 60
        end as told_by_minutes,
        interval_start_at as from_at,
        offered,
        answered,
        abandoned,
        flowed_out,
        unexplained,
        abandoned_short,
        answered_in_threshold,
        abandoned_in_threshold,
        handled,
        transferred,
        case when transferred is not null then handled else 0 end as transfer_base,
        cast(0 as bigint) as ended_by_automation,
        cast(0 as bigint) as contained,
        cast(0 as bigint) as met_automation,
        cast(0 as bigint) as containment_pending,
        cast(null as bigint) as automation_base,
        case when answered is not null then wait_seconds end as wait_seconds,
        -- Sums of an interval do not tell how its contacts differed.
        cast(null as double) as wait_seconds_sq,
        case when wait_seconds is not null then answered else 0 end as waited_base,
        cast(null as double) as abandoned_wait_seconds,
        talk_seconds,
        hold_seconds,
        wrap_seconds,
        case when handled is not null then handling_seconds end as handling_seconds,
        cast(null as double) as handling_seconds_sq,
        case when handling_seconds is not null then handled else 0 end as handling_base
    from intervals
    where not is_superseded
),

counted as (
    select * from single
    union all
    select * from totals
)

select * from counted
