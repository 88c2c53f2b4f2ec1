-- Grain: one row per local day on which tickets were last solved, slice and priority. A ticket that was reopened since
-- stays on that day.
with

tickets as (
    select * from {{ ref('fct_tickets') }}
    where solved_on is not null
),

added as (
    select
        solved_on,
        {{ known_slices() }},
        coalesce(priority, 'unknown') as priority,
        cast(count(*) as bigint) as tickets_solved,
        {{ count_where('is_reopened') }} as reopened_tickets,
        {{ sum_of('reopens', 'bigint') }} as reopens,
        {{ count_where('is_repeat_due') }} as fcr_base,
        {{ count_where('is_repeat_due and not is_repeated') }} as fcr_without_repeat,
        {{ count_where('is_repeat_pending') }} as fcr_pending,
        {{ count_where('public_replies = 0') }} as zero_touch,
        {{ count_where('public_replies = 1') }} as one_touch,
        {{ count_where('public_replies > 1') }} as multi_touch
    from tickets
    group by all
)

select * from added
