-- Grain: one row per month of opening, slice and number of days: openings filled after so many days, or seen open for
-- so many.
with

fills as (
    select * from {{ ref('int_opening_fills') }}
),

added as (
    select
        {{ month_of('opened_on') }} as month_on,
        {{ known_slices(names=['source', 'team', 'region', 'department', 'role_type', 'level', 'tier']) }},
        cast(days as integer) as days,
        {{ sum_of('filled', 'bigint') }} as filled,
        {{ sum_of('censored', 'bigint') }} as censored
    from fills
    group by all
)

select * from added
