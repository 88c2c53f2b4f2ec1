-- Grain: one row per week ahead and team. Built empty: the staffing analysis, which comes after the marts it reads,
-- writes its weeks here, so that their ratio is a metric like any other.
with

no_weeks_yet as (
    select
        cast(null as date) as week_on,
        cast(null as varchar) as team,
        cast(null as double) as staff_available,
        cast(null as double) as staff_required
    where false
)

select * from no_weeks_yet
