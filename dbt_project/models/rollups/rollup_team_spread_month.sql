-- Grain: one row per month: how far apart the best and the worst third of the teams are, in promises kept and in
-- satisfied customers. Teams are ranked by one half of a month's days (odd, even) and set side by side on the other
-- half: who is first by chance alone is not ahead on other days, so chance counts for nothing on average.
{%- set measures = ['promises', 'answers'] %}
{%- set fewest_cases, fewest_teams = 10, 3 %}
with

promises as (
    select
        due_on as counted_on,
        team,
        promises_met as good,
        promises_due as cases
    from {{ ref('rollup_tickets_due_team_day') }}
),

answers as (
    select
        responded_on as counted_on,
        team,
        satisfied as good,
        satisfied_base as cases
    from {{ ref('rollup_surveys_day') }}
    where instrument = 'csat' and audience = 'customer'
),

together as (
    {%- for measure in measures %}
        select
            '{{ measure }}' as measure,
            counted_on,
            team,
            good,
            cases
        from {{ measure }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

halves as (
    select
        measure,
        {{ month_of('counted_on') }} as month_on,
        team,
        sum(case when mod(extract(day from counted_on), 2) = 1 then good end) as odd_good,
        sum(case when mod(extract(day from counted_on), 2) = 1 then cases end) as odd_cases,
        sum(case when mod(extract(day from counted_on), 2) = 0 then good end) as even_good,
        sum(case when mod(extract(day from counted_on), 2) = 0 then cases end) as even_cases
    from together
    where team <> 'unknown' and cases > 0
    group by measure, {{ month_of('counted_on') }}, team
),

-- Twice each: ranked by the odd days and compared on the even ones, and the other way round.
crossed as (
    select
        measure,
        month_on,
        team,
        'even' as compared_on,
        odd_good / nullif(odd_cases, 0) as ranked_by,
        even_good as good,
        even_cases as cases
    from halves
    where odd_cases >= {{ fewest_cases }} and even_cases >= {{ fewest_cases }}
    union all
    select
        measure,
        month_on,
        team,
        'odd' as compared_on,
        even_good / nullif(even_cases, 0) as ranked_by,
        odd_good as good,
        odd_cases as cases
    from halves
    where odd_cases >= {{ fewest_cases }} and even_cases >= {{ fewest_cases }}
),

ranked as (
    select
        *,
        row_number() over (partition by measure, month_on, compared_on order by ranked_by desc, team asc) as place,
        count(*) over (partition by measure, month_on, compared_on) as teams
    from crossed
),

placed as (
    select
        *,
        place <= floor(teams / 3) as is_best,
        place > teams - floor(teams / 3) as is_worst
    from ranked
    where teams >= {{ fewest_teams }}
),

gaps as (
    select
        measure,
        month_on,
        max(teams) as teams,
        sum(good) filter (where is_best) / nullif(sum(cases) filter (where is_best), 0)
        - sum(good) filter (where is_worst) / nullif(sum(cases) filter (where is_worst), 0) as gap,
        sum(cases) filter (where is_best or is_worst) as cases
    from placed
    group by measure, month_on, compared_on
),

added as (
    select
        month_on,
        cast(max(teams) filter (where measure = 'promises') as bigint) as promises_teams,
        cast(sum(round(gap * cases, 6)) filter (where measure = 'promises') as double) as promises_gap,
        cast(sum(cases) filter (where measure = 'promises') as bigint) as promises_cases,
        cast(max(teams) filter (where measure = 'answers') as bigint) as answers_teams,
        cast(sum(round(gap * cases, 6)) filter (where measure = 'answers') as double) as answers_gap,
        cast(sum(cases) filter (where measure = 'answers') as bigint) as answers_cases
    from gaps
    group by month_on
)

select * from added
