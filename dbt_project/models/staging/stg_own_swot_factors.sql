-- Grain: one row per factor of the workspace's reference/swot_factors.csv.
with

own as (
    select * from {{ source('config', 'swot_factors') }}
    where factor is not null
),

typed as (
    select
        factor,
        scope,
        theme,
        bears_on,
        chain_stage,
        metric,
        slice,
        direction,
        comparators,
        cast(swd as double) as swd,
        cast(weight as double) as weight,
        cast(rating as integer) as rating,
        cast(minimum_n as integer) as minimum_n,
        owner_role,
        dimension
    from own
)

select * from typed
