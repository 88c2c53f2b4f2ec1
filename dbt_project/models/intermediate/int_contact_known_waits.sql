-- Grain: one row per source and channel: does it say how long the abandoned and the answered waited, and does its
-- source say anything of automation?
with

contacts as (
    select * from {{ ref('stg_contacts') }}
),

counted as (
    select
        source,
        channel,
        count(*) filter (where outcome = 'abandoned') as abandoned,
        count(wait_seconds) filter (where outcome = 'abandoned') as abandoned_known,
        count(*) filter (where outcome = 'answered') as answered,
        count(wait_seconds) filter (where outcome = 'answered') as answered_known,
        bool_or(met_automation) as has_met_automation
    from contacts
    where direction = 'inbound'
    group by source, channel
),

judged as (
    select
        source,
        channel,
        -- None abandoned is known as well: there is nothing to know.
        abandoned_known >= {{ var('known_wait_share') }} * abandoned as is_abandon_wait_known,
        answered_known >= {{ var('known_wait_share') }} * answered as is_answer_wait_known,
        -- A source that never names automation does not say that there was none.
        bool_or(has_met_automation) over (partition by source) as is_automation_known
    from counted
)

select * from judged
