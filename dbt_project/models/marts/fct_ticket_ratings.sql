-- Grain: one row per ticket whose customer rated it good or bad, with every change of mind.
with

events as (
    select * from {{ ref('stg_ticket_events') }}
    where event_type = 'satisfaction' and lower(to_value) in ('good', 'bad')
),

tickets as (
    select * from {{ ref('fct_tickets') }}
),

-- What was offered and not answered is no rating: offered, bad, good is one step from bad to good.
sequenced as (
    select
        source,
        ticket_id,
        event_id,
        occurred_at,
        lower(to_value) as rating,
        lag(lower(to_value)) over (
            partition by source, ticket_id order by occurred_at, {{ event_order('event_id') }}
        ) as previous_rating
    from events
),

added as (
    select
        source,
        ticket_id,
        min(occurred_at) as first_rated_at,
        max(occurred_at) as last_rated_at,
        min_by(rating, {{ event_place('occurred_at', 'event_id') }}) as first_rating,
        max_by(rating, {{ event_place('occurred_at', 'event_id') }}) as last_rating,
        {{ count_where("previous_rating = 'bad' and rating = 'good'") }} as bad_to_good,
        {{ count_where("previous_rating = 'good' and rating = 'bad'") }} as good_to_bad
    from sequenced
    group by source, ticket_id
),

placed as (
    select
        added.*,
        {{ local_day('added.last_rated_at', 'tickets') }} as rated_on,
        tickets.channel,
        tickets.team,
        tickets.region,
        tickets.topic,
        tickets.segment
    from added
    -- Inner: an event of a ticket that is not there tells nothing of a customer.
    inner join tickets on added.source = tickets.source and added.ticket_id = tickets.ticket_id
)

select * from placed
