-- Grain: one row per month of arrival and slice.
with

days as (
    select * from {{ ref('rollup_contacts_day') }}
),

added as (
    select
        {{ month_of('arrived_on') }} as month_on,
        {{ slices() }},
        {{ contact_measures_again() }}
    from days
    group by all
)

select * from added
order by month_on
