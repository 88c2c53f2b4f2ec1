-- Grain: one row per month of answer, channel, team, region, instrument, item and audience: what most questions ask of.
with

answers as (
    select * from {{ ref('rollup_surveys_day') }}
),

added as (
    select
        {{ month_of('responded_on') }} as month_on,
        source,
        channel,
        team,
        region,
        instrument,
        item_id,
        dimension,
        audience,
        {{ sum_of('n', 'bigint') }} as n,
        {{ sum_of('satisfied') }} as satisfied,
        {{ sum_of('satisfied_base', 'bigint') }} as satisfied_base,
        {{ sum_of('promoters', 'bigint') }} as promoters,
        {{ sum_of('passives', 'bigint') }} as passives,
        {{ sum_of('detractors', 'bigint') }} as detractors,
        {{ sum_of('nps_points') }} as nps_points,
        {{ sum_of('nps_base', 'bigint') }} as nps_base,
        {{ sum_of('value_sum') }} as value_sum
    from answers
    group by all
)

select * from added
order by month_on
