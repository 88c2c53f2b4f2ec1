-- Grain: one row per ticket under the local day on which it was last solved, slice and priority: numbers that add up
-- over anything. A ticket that was reopened since stays on that day.
{{ config(materialized='view') }}

with

tickets as (
    select * from {{ ref('fct_tickets') }}
    where solved_on is not null
),

measured as (
    select
        solved_on,
        {{ known_slices() }},
        coalesce(priority, 'unknown') as priority,
        cast(1 as bigint) as tickets_solved,
        {{ one_where('is_reopened') }} as reopened_tickets,
        {{ one_where('is_reopened is not null') }} as reopens_base,
        coalesce(reopens, 0) as reopens,
        {{ one_where('is_repeat_due') }} as fcr_base,
        {{ one_where('is_repeat_due and not is_repeated') }} as fcr_without_repeat,
        {{ one_where('is_repeat_pending') }} as fcr_pending,
        {{ one_where('public_replies = 0') }} as zero_touch,
        {{ one_where('public_replies = 1') }} as one_touch,
        {{ one_where('public_replies = 2') }} as two_touch,
        {{ one_where('public_replies > 1') }} as multi_touch
    from tickets
)

select * from measured
