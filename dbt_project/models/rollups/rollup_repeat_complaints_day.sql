-- Grain: one row per local day and slice: complaints old enough to be judged, and those the same customer repeated on
-- the same topic.
with

complaints as (
    select * from {{ ref('fct_tickets') }}
    where is_complaint and not is_deleted
),

followed as (
    select
        *,
        lead(created_at) over (
            partition by source, customer_key, topic
            order by created_at, ticket_id
        ) as next_complaint_at
    from complaints
),

judged as (
    select
        *,
        {{ add_seconds('created_at', var('repeat_complaint_days') ~ ' * 86400') }} <= {{ as_of() }} as is_due,
        -- A complaint of nobody known cannot be told from the next.
        customer_key is not null
        and next_complaint_at <= {{ add_seconds('created_at', var('repeat_complaint_days') ~ ' * 86400') }}
            as is_complained_again
    from followed
),

added as (
    select
        created_on,
        {{ known_slices() }},
        {{ count_where('is_due and customer_key is not null') }} as complaints_due,
        {{ count_where('is_due and coalesce(is_complained_again, false)') }} as complaints_repeated,
        {{ count_where('not is_due') }} as repeat_complaints_pending
    from judged
    group by all
)

select * from added
