-- Grain: one row per local day of the last solution, source, channel, team and region: the small form most questions
-- need.
with

days as (
    select * from {{ ref('rollup_tickets_solved_day') }}
),

added as (
    select
        solved_on,
        {{ slices(names=['source', 'channel', 'team', 'region']) }},
        {{ solved_ticket_measures() }}
    from days
    group by all
)

select * from added
order by solved_on
