-- Grain: one row per month and channel: how long conversations were that automation ended, and how long they would have
-- been with a person. Like is set beside like: people's mean is of the same month, channel and topic.
{%- set fewest = 5 %}
with

contacts as (
    select
        {{ month_of('arrived_on') }} as month_on,
        channel,
        coalesce(topic, 'unknown') as topic,
        outcome = 'contained' as is_automated,
        {{ seconds_between("case when outcome = 'contained' then arrived_at else answered_at end", 'ended_at') }}
            as seconds
    from {{ ref('fct_contacts') }}
    where outcome = 'contained' or is_answered
),

-- An end that is the beginning is a time nobody took.
added as (
    select
        month_on,
        channel,
        topic,
        {{ count_where('is_automated') }} as automated,
        sum(seconds) filter (where is_automated) as automated_seconds,
        {{ count_where('not is_automated') }} as with_people,
        sum(seconds) filter (where not is_automated) as people_seconds
    from contacts
    where seconds > 0
    group by month_on, channel, topic
),

final as (
    select
        month_on,
        coalesce(channel, 'unknown') as channel,
        cast(sum(automated) as bigint) as automated,
        cast(sum(automated_seconds) as double) as automated_seconds,
        cast(sum(automated * people_seconds / nullif(with_people, 0)) as double) as people_seconds
    from added
    where automated >= {{ fewest }} and with_people >= {{ fewest }}
    group by month_on, coalesce(channel, 'unknown')
)

select * from final
