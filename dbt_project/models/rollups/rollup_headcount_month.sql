-- Grain: one row per complete month, team, region and post. Start + joiners − leavers = end.
{%- set names = ['team', 'region', 'role_type', 'level', 'tier'] %}
with

people as (
    select * from {{ ref('int_headcount_months') }}
),

added as (
    select
        month_on,
        {{ known_slices(names=names) }},
        {{ count_where('is_there_at_start') }} as headcount_start,
        {{ count_where('is_there_at_end') }} as headcount_end,
        {{ count_where('is_joiner') }} as joiners,
        {{ count_where('is_leaver') }} as leavers,
        {{ count_where("is_leaver and leaving_kind = 'voluntary'") }} as leavers_voluntary,
        {{ count_where("is_leaver and leaving_kind = 'involuntary'") }} as leavers_involuntary,
        cast(count(*) filter (where is_leaver and {{ days_between('hired_on', 'left_on') }} < 90) as bigint)
            as leavers_under_90_days,
        {{ sum_of('case when is_there_at_end then tenure_days end') }} as tenure_days,
        {{ count_where('is_promoted') }} as promotions
    from people
    group by all
),

-- Many a list of staff holds only those who were there on its first day: before the first leaving on record nobody in
-- it could have left.
told as (
    select
        min(month_on) as leaving_known_from,
        -- A list that says of no leaver who wanted it tells of neither kind: no nought stands for them.
        count(leaving_kind) > 0 as has_kinds
    from people
    where is_leaver
),

-- A list in which nobody ever rose keeps one post a person: that nobody was promoted is not told.
risen as (
    select coalesce(bool_or(is_promoted), false) as has_promotions
    from people
),

averaged as (
    select
        added.*,
        (added.headcount_start + added.headcount_end) / 2.0 as headcount_average,
        case
            when added.month_on >= told.leaving_known_from then (added.headcount_start + added.headcount_end) / 2.0
            else 0
        end as headcount_at_risk,
        told.has_kinds,
        risen.has_promotions
    from added
    cross join told
    cross join risen
)

select
    month_on,
    {{ slices(names=names) }},
    headcount_start,
    headcount_end,
    joiners,
    leavers,
    case when has_kinds then leavers_voluntary end as leavers_voluntary,
    case when has_kinds then leavers_involuntary end as leavers_involuntary,
    leavers_under_90_days,
    cast(headcount_average as double) as headcount_average,
    cast(headcount_at_risk as double) as headcount_at_risk,
    coalesce(tenure_days, 0) as tenure_days,
    case when has_promotions then promotions end as promotions
from averaged
