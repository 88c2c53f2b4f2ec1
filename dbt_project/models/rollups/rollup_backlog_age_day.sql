-- Grain: one row per local day, source, channel, team and age band: tickets open at the end of the day by the days
-- since they were created. The bands add up to the backlog.
{%- set bands = [
    ('0 days', 0, 1), ('1-2 days', 1, 3), ('3-6 days', 3, 7), ('7-13 days', 7, 14), ('14-29 days', 14, 30),
    ('30 days and more', 30, 100000),
] %}
with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

single_steps as (
    select * from {{ ref('int_ticket_steps') }}
),

sources as (
    select source, {{ local_day(as_of()) }} as as_of_on from {{ ref('stg_sources') }}
),

bands as (
    {%- for name, from_days, to_days in bands %}
        select
            '{{ name }}' as days_open,
            {{ from_days }} as from_days,
            {{ to_days }} as to_days
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

steps_by_day as (
    select
        tickets.source,
        tickets.ticket_id,
        {{ slices('tickets', ['channel', 'team']) }},
        tickets.created_on,
        tickets.left_backlog_on,
        single_steps.flow,
        single_steps.stepped_at,
        {{ local_day('single_steps.stepped_at', 'tickets') }} as stepped_on
    from tickets
    inner join single_steps on tickets.source = single_steps.source and tickets.ticket_id = single_steps.ticket_id
    where tickets.has_returned
),

-- From the creation to the first step out, and from each return to the next step out.
returned as (
    select
        source,
        channel,
        team,
        created_on,
        created_on as open_from_on,
        min(stepped_on) filter (where flow <> 'reopened') as open_to_on
    from steps_by_day
    group by source, ticket_id, channel, team, created_on
    union all
    select
        source,
        channel,
        team,
        created_on,
        stepped_on as open_from_on,
        coalesce(next_on, left_backlog_on) as open_to_on
    from (
        select
            *,
            lead(stepped_on) over (partition by source, ticket_id order by stepped_at) as next_on
        from steps_by_day
    ) as sequenced
    where flow = 'reopened'
),

stretches as (
    select
        source,
        channel,
        team,
        created_on,
        created_on as open_from_on,
        left_backlog_on as open_to_on
    from tickets
    where not has_returned and is_open is not null
    union all
    select * from returned
),

-- Many tickets of a team begin and end on the same days.
alike as (
    select
        *,
        count(*) as tickets
    from stretches
    group by all
),

-- A stretch enters a band when it is old enough and leaves it when it is too old or ends.
entered as (
    select
        alike.source,
        alike.channel,
        alike.team,
        alike.tickets,
        bands.days_open,
        greatest(alike.open_from_on, {{ add_days('alike.created_on', 'bands.from_days') }}) as enters_on,
        least(alike.open_to_on, {{ add_days('alike.created_on', 'bands.to_days') }}) as leaves_on
    from alike
    inner join sources on alike.source = sources.source
    inner join bands
        on
            coalesce(alike.open_to_on, {{ add_days('sources.as_of_on', 1) }})
            > {{ add_days('alike.created_on', 'bands.from_days') }}
            and alike.open_from_on < {{ add_days('alike.created_on', 'bands.to_days') }}
),

moves as (
    select
        source,
        channel,
        team,
        days_open,
        enters_on as moved_on,
        tickets as change
    from entered
    where enters_on < leaves_on
    union all
    select
        source,
        channel,
        team,
        days_open,
        leaves_on as moved_on,
        -tickets as change
    from entered
    where enters_on < leaves_on
),

days as (
    select
        moved_on,
        {{ known_slices(names=['source', 'channel', 'team']) }},
        days_open,
        sum(change) as change
    from moves
    group by all
),

running as (
    select
        *,
        cast(sum(change) over band as bigint) as open_at_end,
        lead(moved_on) over band as next_on
    from days
    window band as (partition by source, channel, team, days_open order by moved_on)
),

standing as (
    select
        running.*,
        least(coalesce({{ add_days('running.next_on', -1) }}, sources.as_of_on), sources.as_of_on) as stands_until
    from running
    inner join sources on running.source = sources.source
    where running.open_at_end > 0 and running.moved_on <= sources.as_of_on
),

final as (
    select
        cast({{ days_from_to('moved_on', 'stands_until') }} as date) as day_on,
        source,
        channel,
        team,
        days_open,
        open_at_end
    from standing
)

select * from final
order by day_on
