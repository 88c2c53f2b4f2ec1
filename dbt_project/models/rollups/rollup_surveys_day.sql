-- Grain: one row per local day of answer, slice, instrument, item and audience. Employees' answers stand on the first
-- day of their month, by team, from groups of five.
with

answers as (
    select * from {{ ref('fct_survey_answers') }}
    -- An answer without a date stays in the facts and is counted on no day.
    where role = 'perception' and responded_on is not null
),

employee_answers as (
    select * from {{ ref('int_survey_answers') }}
    where audience = 'employee' and role = 'perception' and value is not null and responded_on is not null
),

employee_groups as (
    select * from {{ ref('int_employee_survey_groups') }}
),

customers_placed as (
    select
        responded_on,
        {{ known_slices() }},
        instrument,
        item_id,
        coalesce(dimension, 'unknown') as dimension,
        'customer' as audience,
        1 as smallest_group,
        n,
        value,
        weight,
        satisfied,
        recommendation
    from answers
),

employees_placed as (
    select
        employee_groups.month_on as responded_on,
        employee_answers.source,
        'unknown' as channel,
        employee_groups.shown_team as team,
        'unknown' as region,
        'unknown' as topic,
        'unknown' as segment,
        employee_answers.instrument,
        employee_answers.item_id,
        coalesce(employee_answers.dimension, 'unknown') as dimension,
        'employee' as audience,
        {{ var('employee_group_min') }} as smallest_group,
        employee_answers.n,
        employee_answers.value,
        employee_answers.weight,
        employee_answers.satisfied,
        employee_answers.recommendation
    from employee_answers
    inner join employee_groups
        on
            employee_answers.source = employee_groups.source
            and {{ month_of('employee_answers.responded_on') }} = employee_groups.month_on
            and employee_answers.instrument = employee_groups.instrument
            and employee_answers.item_id = employee_groups.item_id
            and employee_answers.dimension is not distinct from employee_groups.dimension
            and coalesce(employee_answers.team, 'unknown') = employee_groups.team
),

together as (
    select * from customers_placed
    union all
    select * from employees_placed
),

added as (
    select
        responded_on,
        {{ slices() }},
        instrument,
        item_id,
        dimension,
        audience,
        cast(coalesce(sum(n) filter (where value is not null), 0) as bigint) as n,
        {{ sum_of('satisfied') }} as satisfied,
        cast(coalesce(sum(n) filter (where satisfied is not null), 0) as bigint) as satisfied_base,
        {{ count_where('recommendation = 1') }} as promoters,
        {{ count_where('recommendation = 0') }} as passives,
        {{ count_where('recommendation = -1') }} as detractors,
        cast(coalesce(100 * sum(recommendation), 0) as double) as nps_points,
        {{ count_where('recommendation is not null') }} as nps_base,
        {{ sum_of('value * n') }} as value_sum,
        {{ sum_of('value * value * n') }} as value_sq_sum,
        cast(coalesce(sum(weight * n) filter (where value is not null), 0) as double) as weight_sum,
        {{ sum_of('value * n * weight') }} as weighted_value_sum,
        {{ sum_of('satisfied * weight') }} as weighted_satisfied,
        max(smallest_group) as smallest_group
    from together
    group by all
),

-- What is left of a survey that few answered is not shown at all; counts per class need ten.
shown as (
    select
        responded_on,
        {{ slices() }},
        instrument,
        item_id,
        dimension,
        audience,
        n,
        satisfied,
        satisfied_base,
        case when audience = 'customer' or nps_base >= {{ var('employee_distribution_min') }} then promoters end
            as promoters,
        case when audience = 'customer' or nps_base >= {{ var('employee_distribution_min') }} then passives end
            as passives,
        case when audience = 'customer' or nps_base >= {{ var('employee_distribution_min') }} then detractors end
            as detractors,
        nps_points,
        nps_base,
        value_sum,
        value_sq_sum,
        weight_sum,
        weighted_value_sum,
        weighted_satisfied
    from added
    where n >= smallest_group or audience = 'customer'
)

select * from shown
