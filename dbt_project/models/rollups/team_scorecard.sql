-- Grain: one row per team and measure: its people's mean, and how far apart they truly are; teams under five together,
-- or not at all.
{{ config(schema='marts') }}
{%- set measures = ['aht_seconds', 'csat', 'resolution', 'quality'] %}
{%- set bases = {'aht_seconds': 'handled', 'csat': 'ratings', 'resolution': 'solved', 'quality': 'checks'} %}
with

agents as (
    select * from {{ ref('agent_scorecard') }}
),

measured as (
    {%- for name in measures %}
        select
            '{{ name }}' as measure,
            team,
            until_on,
            {{ name }} as value,
            {{ name }}_shrunk as shrunk,
            {{ name }}_reliability as reliability,
            {{ bases[name] }} as base
        from agents
        where {{ name }} is not null
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

sized as (
    select
        measure,
        team,
        count(*) as people
    from measured
    group by measure, team
),

{{ merged_small_groups('sized', ['measure'], 'team', 'people') }},

added as (
    select
        measured.measure,
        merged.shown as team,
        max(measured.until_on) as until_on,
        cast(count(*) as bigint) as people,
        {{ sum_of('measured.base', 'bigint') }} as observations,
        sum(measured.value * measured.base) / nullif(sum(measured.base), 0) as value,
        min(measured.shrunk) as lowest_shrunk,
        max(measured.shrunk) as highest_shrunk,
        avg(measured.reliability) as reliability
    from measured
    inner join merged on measured.measure = merged.measure and measured.team = merged.team
    group by measured.measure, merged.shown
),

-- The lowest and highest of few people would be those people: a spread is shown from ten.
final as (
    select
        measure,
        team,
        until_on,
        people,
        observations,
        cast(value as double) as value,
        {%- for end in ['lowest_shrunk', 'highest_shrunk'] %}
            cast(case when people >= {{ var('employee_distribution_min') }} then {{ end }} end as double) as {{ end }},
        {%- endfor %}
        cast(reliability as double) as reliability
    from added
    where people >= {{ var('employee_group_min') }}
)

select * from final
