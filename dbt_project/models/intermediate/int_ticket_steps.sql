-- Grain: one row per step into or out of the backlog of a ticket that came back: solved, reopened, deleted, restored.
-- The sequence is made again for these few; kept for all tickets it would be the largest thing in the build.
-- A table of these few: the backlog by day and by age both ask for it.
{{ config(materialized='table', database=scratch_database()) }}

with

returned as (
    select
        source,
        ticket_id
    from {{ ref('int_ticket_states') }}
    where has_returned
),

events as (
    select stg_ticket_events.*
    from {{ ref('stg_ticket_events') }} as stg_ticket_events
    {{ semi_join() }} returned
        on stg_ticket_events.source = returned.source and stg_ticket_events.ticket_id = returned.ticket_id
    where
        stg_ticket_events.event_type in ('deleted', 'merged')
        or (stg_ticket_events.event_type = 'status' and stg_ticket_events.to_value is not null)
),

{{ status_changes() }},

steps as (
    select
        source,
        ticket_id,
        occurred_at as stepped_at,
        case
            when is_solve then 'solved'
            when is_removal then 'deleted'
            else 'reopened'
        end as flow
    from judged
    where is_solve or is_removal or is_reopen or is_restore
)

select * from steps
