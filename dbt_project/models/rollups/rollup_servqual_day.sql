-- Grain: one row per local day of answer, slice and dimension ('overall': all dimensions): what was seen less what was
-- expected, one observation a respondent.
with

answers as (
    select * from {{ ref('fct_survey_answers') }}
    where instrument = 'servqual' and value is not null and responded_on is not null
),

-- A respondent's halves of each item. Who gave only one half, or each on a scale of its own, says nothing of the gap.
items as (
    select
        source,
        response_id,
        item_id,
        coalesce(dimension, 'unknown') as dimension,
        max(responded_on) as responded_on,
        max(channel) as channel,
        max(team) as team,
        max(region) as region,
        max(topic) as topic,
        max(segment) as segment,
        max(value) filter (where role = 'perception') as perception,
        max(value) filter (where role = 'expectation') as expectation,
        max(value) filter (where role = 'importance') as stated_weight
    from answers
    group by
        source,
        response_id,
        item_id,
        coalesce(dimension, 'unknown')
    having
        min(scale_min) filter (where role <> 'importance')
        is not distinct from max(scale_min) filter (where role <> 'importance')
        and min(scale_max) filter (where role <> 'importance')
        is not distinct from max(scale_max) filter (where role <> 'importance')
),

respondents as (
    select
        source,
        response_id,
        dimension,
        max(responded_on) as responded_on,
        {%- for name in slice_names() if name != 'source' %}
            max({{ name }}) as {{ name }},
        {%- endfor %}
        avg(perception) filter (where perception is not null and expectation is not null) as perception,
        avg(expectation) filter (where perception is not null and expectation is not null) as expectation,
        max(stated_weight) as stated_weight
    from items
    group by
        source,
        response_id,
        dimension
),

complete as (
    select
        *,
        -- Weights count only where every dimension has one; points out of a hundred or shares alike.
        case
            when count(stated_weight) over respondent = count(*) over respondent
                then stated_weight / nullif(sum(stated_weight) over respondent, 0)
            else 1.0 / count(*) over respondent
        end as share_of_respondent
    from respondents
    where perception is not null
    window respondent as (partition by source, response_id)
),

overall as (
    select
        source,
        response_id,
        'overall' as dimension,
        max(responded_on) as responded_on,
        {%- for name in slice_names() if name != 'source' %}
            max({{ name }}) as {{ name }},
        {%- endfor %}
        sum(perception * share_of_respondent) as perception,
        sum(expectation * share_of_respondent) as expectation
    from complete
    group by
        source,
        response_id
),

observations as (
    select
        responded_on,
        {{ known_slices() }},
        dimension,
        perception,
        expectation
    from complete
    union all
    select
        responded_on,
        {{ known_slices() }},
        dimension,
        perception,
        expectation
    from overall
),

added as (
    select
        responded_on,
        {{ slices() }},
        dimension,
        cast(count(*) as bigint) as respondents,
        {{ sum_of('perception - expectation') }} as gap_sum,
        {{ sum_of('(perception - expectation) * (perception - expectation)') }} as gap_sq_sum,
        {{ sum_of('perception') }} as perception_sum,
        {{ sum_of('expectation') }} as expectation_sum
    from observations
    group by all
)

select * from added
