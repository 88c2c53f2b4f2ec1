-- Grain: one row per agent (a pseudonym): efficiency, satisfaction, resolution and quality over twelve months, raw
-- and shrunk towards the team.
{{ config(schema='marts') }}
{%- set measures = ['aht_seconds', 'csat', 'resolution', 'quality'] %}
with

work as (
    select * from {{ ref('int_agent_work') }}
),

-- A team of fewer than five has no mean of its own: its people are set beside everybody.
teams as (
    select
        *,
        count(*) over (partition by team) >= {{ var('employee_group_min') }} as has_peers
    from work
),

spread as (
    select
        sum(day_squares - handling_seconds * handling_seconds / nullif(handled, 0)) filter (where handled_days > 1)
        / nullif(sum(handled_days - 1) filter (where handled_days > 1), 0) as aht_seconds_spread
    from work
),

-- Means of the peers, over contacts, answers and checks.
centred as (
    select
        teams.*,
        teams.handling_seconds / nullif(teams.handled, 0) as aht_seconds,
        teams.satisfied / nullif(teams.ratings, 0) as csat,
        cast(teams.lasting as double) / nullif(teams.solved, 0) as resolution,
        cast(teams.passed as double) / nullif(teams.checks, 0) as quality,
        {%- for name, total, base in [
            ('aht_seconds', 'handling_seconds', 'handled'),
            ('csat', 'satisfied', 'ratings'),
            ('resolution', 'lasting', 'solved'),
            ('quality', 'passed', 'checks'),
        ] %}
            case
                when teams.has_peers
                    then
                        cast(sum(teams.{{ total }}) over (partition by teams.team) as double)
                        / nullif(sum(teams.{{ base }}) over (partition by teams.team), 0)
                else cast(sum(teams.{{ total }}) over () as double) / nullif(sum(teams.{{ base }}) over (), 0)
            end as {{ name }}_centre,
        {%- endfor %}
        spread.aht_seconds_spread
    from teams
    cross join spread
),

weighted as (
    select
        *,
        handled / nullif(aht_seconds_spread, 0) as aht_seconds_weight,
        ratings / nullif(csat_centre * (1 - csat_centre), 0) as csat_weight,
        solved / nullif(resolution_centre * (1 - resolution_centre), 0) as resolution_weight,
        checks / nullif(quality_centre * (1 - quality_centre), 0) as quality_weight
    from centred
),

-- The layout rule loses its way in loops that end a list of columns.
-- noqa: disable=layout.indent
between_people as (
    select
        *,
        {%- for name in measures %}
            {{ between_variance(name, name ~ '_weight', name ~ '_centre') }}
                as {{ name }}_between{{ ',' if not loop.last }}
        {%- endfor %}
    from weighted
),

final as (
    select
        agent_key,
        team,
        until_on,
        cast(handled as bigint) as handled,
        cast(ratings as bigint) as ratings,
        cast(solved as bigint) as solved,
        cast(checks as bigint) as checks,
        {%- for name in measures %}
            cast({{ name }} as double) as {{ name }},
            cast({{ name }}_centre as double) as {{ name }}_of_peers,
            cast({{ shrunk(name, name ~ '_weight', name ~ '_centre', name ~ '_between') }} as double)
                as {{ name }}_shrunk,
            -- The share of the difference that is kept: nought where chance explains all of it.
            cast(
                {{ name }}_between / nullif({{ name }}_between + 1 / {{ name }}_weight, 0) as double
            ) as {{ name }}_reliability{{ ',' if not loop.last }}
        {%- endfor %}
    from between_people
)

select * from final
