-- Grain: one row per local day of arrival and slice.
with

counts as (
    select * from {{ ref('int_contact_counts') }}
),

added as (
    select
        arrived_on,
        {{ known_slices() }},
        {{ contact_measures() }}
    from counts
    group by all
)

select * from added
