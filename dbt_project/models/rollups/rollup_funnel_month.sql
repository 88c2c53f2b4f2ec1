-- Grain: one row per month in which a stage was entered, stage and slice: who passed, who left, who is still in it.
{%- set names = ['source_channel', 'team', 'region', 'role_type', 'level', 'tier'] %}
with

steps as (
    select * from {{ ref('int_application_steps') }}
),

added as (
    select
        {{ month_of('entered_on') }} as month_on,
        source,
        stage,
        position,
        {{ known_slices(names=names) }},
        cast(count(*) as bigint) as entered,
        {{ count_where("outcome = 'passed'") }} as passed,
        {{ count_where("outcome = 'rejected'") }} as rejected,
        {{ count_where("outcome = 'withdrawn'") }} as withdrawn,
        {{ count_where("outcome = 'in it'") }} as still_in,
        {{ count_where("outcome <> 'in it'") }} as left_stage
    from steps
    group by all
)

select * from added
