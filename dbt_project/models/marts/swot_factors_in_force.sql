-- Grain: one row per factor: the user's rows over the shipped ones.
{{ config(alias='swot_factors') }}
with

shipped as (
    select * from {{ ref('swot_factors') }}
),

own as (
    select * from {{ ref('stg_own_swot_factors') }}
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
        coalesce(own.slice, shipped.slice) as slice,
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
