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

averaged as (
    select
        *,
        (headcount_start + headcount_end) / 2.0 as headcount_average
    from added
)

select
    month_on,
    {{ slices(names=names) }},
    headcount_start,
    headcount_end,
    joiners,
    leavers,
    leavers_voluntary,
    leavers_involuntary,
    leavers_under_90_days,
    cast(headcount_average as double) as headcount_average,
    coalesce(tenure_days, 0) as tenure_days,
    promotions
from averaged
