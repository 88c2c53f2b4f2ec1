-- Grain: one row per factor: the user's rows over the shipped ones.
{{ config(alias='swot_factors') }}
with

shipped as (
    select * from {{ ref('swot_factors') }}
),

own as (
    select
        factor,
        scope,
        theme,
        bears_on,
        chain_stage,
        metric,
        direction,
        comparators,
        cast(swd as double) as swd,
        cast(weight as double) as weight,
        cast(rating as integer) as rating,
        cast(minimum_n as integer) as minimum_n,
        owner_role,
        dimension
    from {{ source('config', 'swot_factors') }}
    where factor is not null
),

-- A row of the workspace may leave out what the shipped one says already.
together as (
    select
        coalesce(own.factor, shipped.factor) as factor,
        coalesce(own.scope, shipped.scope) as scope,
        coalesce(own.theme, shipped.theme) as theme,
        coalesce(own.bears_on, shipped.bears_on) as bears_on,
        coalesce(own.chain_stage, shipped.chain_stage) as chain_stage,
        coalesce(own.metric, shipped.metric) as metric,
        coalesce(own.direction, shipped.direction) as direction,
        coalesce(own.comparators, shipped.comparators) as comparators,
        coalesce(own.swd, shipped.swd) as swd,
        coalesce(own.weight, shipped.weight) as weight,
        coalesce(own.rating, shipped.rating) as rating,
        coalesce(own.minimum_n, shipped.minimum_n) as minimum_n,
        coalesce(own.owner_role, shipped.owner_role) as owner_role,
        coalesce(own.dimension, shipped.dimension) as dimension,
        case when own.factor is not null then 'workspace' else 'shipped' end as defined_in
    from shipped
    full outer join own on shipped.factor = own.factor
)

select * from together
