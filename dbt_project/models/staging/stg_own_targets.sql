-- Grain: one row per target of the workspace's reference/targets.csv.
with

own as (
    select * from {{ source('config', 'targets') }}
    where metric is not null
),

typed as (
    select
        metric,
        coalesce(nullif(entity_dimension, ''), 'organisation') as entity_dimension,
        nullif(entity, '') as entity,
        coalesce(nullif(comparison, ''), '>=') as comparison,
        cast(value as double) as value,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        owner,
        dimension
    from own
)

select * from typed
