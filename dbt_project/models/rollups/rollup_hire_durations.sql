-- Grain: one row per month of acceptance, slice and number of days from application to acceptance.
with

applications as (
    select * from {{ ref('fct_applications') }}
    -- Accepted before applying is a slip of the pen: it says nothing about how long it took.
    where accepted_on is not null and hire_days >= 0
),

added as (
    select
        {{ month_of('accepted_on') }} as month_on,
        {{ known_slices(names=['source', 'source_channel', 'team', 'region', 'role_type', 'level', 'tier']) }},
        cast(hire_days as integer) as days,
        cast(count(*) as bigint) as filled,
        cast(0 as bigint) as censored
    from applications
    group by all
)

select * from added
