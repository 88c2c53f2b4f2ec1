-- Grain: one row per month, audience, kind, theme and factor. Statements of staff carry no team and no place.
with

statements as (
    select * from {{ ref('stg_statements') }}
),

placed as (
    select
        {{ month_of('stated_on') }} as month_on,
        source,
        audience,
        kind,
        theme,
        factor,
        case when audience <> 'staff' then team end as team,
        case when audience <> 'staff' then region end as region,
        mentions
    from statements
),

added as (
    select
        month_on,
        source,
        audience,
        kind,
        theme,
        factor,
        coalesce(team, 'unknown') as team,
        coalesce(region, 'unknown') as region,
        cast(count(*) as bigint) as statements,
        {{ sum_of('mentions', 'bigint') }} as mentions
    from placed
    group by all
)

select * from added
