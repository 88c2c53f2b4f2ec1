-- Grain: one row per source, month, item and team of an employee survey, small groups merged so that no group under
-- five can be seen or worked out.
with

answers as (
    select * from {{ ref('int_survey_answers') }}
    where audience = 'employee' and role = 'perception' and value is not null and responded_on is not null
),

teams as (
    select
        source,
        {{ month_of('responded_on') }} as month_on,
        instrument,
        item_id,
        dimension,
        coalesce(team, 'unknown') as team,
        sum(n) as n
    from answers
    group by all
),

ordered as (
    select
        *,
        row_number() over smallest_first as place_in_size,
        count(*) filter (where n < {{ var('employee_group_min') }})
            over (partition by source, month_on, instrument, item_id)
            as small_groups,
        sum(n) filter (where n < {{ var('employee_group_min') }})
            over (partition by source, month_on, instrument, item_id)
            as n_of_small_groups
    from teams
    window smallest_first as (partition by source, month_on, instrument, item_id order by n, team)
),

-- One small group alone, or several that stay small together, would be given away by the rest: the next larger one
-- joins them.
judged as (
    select
        *,
        n < {{ var('employee_group_min') }}
        or (
            place_in_size = small_groups + 1
            and n_of_small_groups < {{ var('employee_group_min') }}
        ) as is_merged
    from ordered
),

final as (
    select
        source,
        month_on,
        instrument,
        item_id,
        dimension,
        team,
        case when is_merged then 'small teams' else team end as shown_team
    from judged
)

select * from final
