-- Grain: one row per metric, entity and period of validity: the user's rows over the shipped ones.
{{ config(alias='targets') }}
with

shipped as (
    select * from {{ ref('targets') }}
),

own as (
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
    from {{ source('config', 'targets') }}
    where metric is not null
),

-- The user's first row of a metric and entity takes the place of all shipped ones.
kept as (
    select shipped.*
    from shipped
    left join (select distinct metric, entity_dimension, entity from own) as replaced
        on shipped.metric = replaced.metric
        and shipped.entity_dimension = replaced.entity_dimension
        and shipped.entity is not distinct from replaced.entity
    where replaced.metric is null
),

together as (
    select *, 'workspace' as defined_in from own
    union all
    select *, 'shipped' as defined_in from kept
)

select * from together
