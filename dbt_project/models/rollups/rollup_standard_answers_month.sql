-- Grain: one row per month of creation and channel: how many replies were standard answers, and how many customers
-- complained within thirty days of one. Like is set beside like: what was answered in words of one's own is of the same
-- month, channel and topic.
{%- set days = 30 %}
{%- set fewest = 5 %}
with

complaints as (
    select
        customer_key,
        created_at as complained_at
    from {{ ref('fct_tickets') }}
    where is_complaint and customer_key is not null
),

answered as (
    select
        source,
        ticket_id,
        {{ month_of('created_on') }} as month_on,
        channel,
        coalesce(topic, 'unknown') as topic,
        customer_key,
        first_replied_at,
        public_replies,
        standard_replies,
        is_first_reply_standard,
        {{ add_seconds('first_replied_at', (days * 86400) | string) }} as watched_until,
        -- What is a complaint already is no answer's doing, and whose month is not over is pending.
        not is_complaint
        and customer_key is not null
        and {{ add_seconds('first_replied_at', (days * 86400) | string) }} <= {{ as_of() }} as is_watched
    from {{ ref('fct_tickets') }}
    where standard_replies is not null
),

followed as (
    select distinct
        answered.source,
        answered.ticket_id
    from answered
    inner join complaints
        on
            answered.customer_key = complaints.customer_key
            and answered.first_replied_at < complaints.complained_at
            and answered.watched_until >= complaints.complained_at
    where answered.is_watched
),

judged as (
    select
        answered.*,
        followed.ticket_id is not null as is_followed
    from answered
    -- Left: most answers are followed by no complaint.
    left join followed on answered.source = followed.source and answered.ticket_id = followed.ticket_id
),

added as (
    select
        month_on,
        channel,
        topic,
        sum(public_replies) as public_replies,
        sum(standard_replies) as standard_replies,
        {{ count_where('is_watched and is_first_reply_standard') }} as standard,
        {{ count_where('is_watched and is_first_reply_standard and is_followed') }} as standard_followed,
        {{ count_where('is_watched and not is_first_reply_standard') }} as own,
        {{ count_where('is_watched and not is_first_reply_standard and is_followed') }} as own_followed
    from judged
    group by month_on, channel, topic
),

comparable as (
    select
        *,
        standard >= {{ fewest }} and own >= {{ fewest }} as is_comparable
    from added
),

final as (
    select
        month_on,
        coalesce(channel, 'unknown') as channel,
        cast(sum(public_replies) as bigint) as public_replies,
        cast(sum(standard_replies) as bigint) as standard_replies,
        cast(coalesce(sum(standard) filter (where is_comparable), 0) as bigint) as answered_by_standard,
        cast(coalesce(sum(standard_followed) filter (where is_comparable), 0) as bigint) as complaints_after_standard,
        cast(
            coalesce(sum(standard * own_followed / nullif(cast(own as double), 0)) filter (where is_comparable), 0)
            as double
        ) as complaints_expected
    from comparable
    group by month_on, coalesce(channel, 'unknown')
)

select * from final
