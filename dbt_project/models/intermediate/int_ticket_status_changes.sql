-- Grain: one row per status event of a ticket, with the state it came from and when it ended.
with

events as (
    select * from {{ ref('stg_ticket_events') }}
    where event_type in ('deleted', 'merged') or (event_type = 'status' and to_value is not null)
),

{{ status_changes() }}

select * from judged
