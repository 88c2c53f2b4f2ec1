-- Grain: one row per month and series of the market and span of days in which its figure stood so: every vintage.
{%- set series = ['source', 'indicator', 'subject', 'segment', 'region'] %}
with

indicators as (
    select
        source,
        indicator,
        subject,
        coalesce(segment, 'all') as segment,
        coalesce(region, 'all') as region,
        {{ month_of('period_on') }} as month_on,
        value,
        n,
        standard_error,
        unit,
        published_on,
        superseded_on
    from {{ ref('fct_market_indicators') }}
),

-- Days on which anything of a month was published: also one that takes a value back.
published as (
    select distinct
        {{ series | join(', ') }},
        month_on,
        published_on as known_from
    from indicators
),

spans as (
    select
        *,
        lead(known_from) over (partition by {{ series | join(', ') }}, month_on order by known_from) as known_until
    from published
),

as_known as (
    select
        spans.month_on,
        {%- for name in series %}
            spans.{{ name }},
        {%- endfor %}
        spans.known_from,
        spans.known_until,
        cast(avg(indicators.value) as double) as value,
        {{ sum_of('indicators.value') }} as value_sum,
        cast(count(*) as bigint) as periods,
        {{ sum_of('indicators.n', 'bigint') }} as n,
        {{ sum_of(known_when('indicators.value * indicators.n', ['indicators.n', 'indicators.standard_error'])) }}
            as score_sum,
        {{ sum_of(known_when('indicators.n', ['indicators.value', 'indicators.standard_error']), 'bigint') }}
            as score_base,
        {{ sum_of(
            'indicators.n * indicators.value * indicators.value'
            ~ ' + indicators.n * (indicators.n - 1) * indicators.standard_error * indicators.standard_error'
        ) }} as score_sum_sq,
        max(indicators.unit) as unit
    from spans
    inner join indicators
        on
            spans.month_on = indicators.month_on
            {%- for name in series %}
                and spans.{{ name }} = indicators.{{ name }}
            {%- endfor %}
            and spans.known_from >= indicators.published_on
            and (indicators.superseded_on is null or spans.known_from < indicators.superseded_on)
    where indicators.value is not null
    group by all
),

-- Vacancies for each person out of work, as both were known.
tightness as (
    {{ labour_tightness('as_known', [
        'greatest(openings.known_from, unemployed.known_from) as known_from',
        'least(coalesce(openings.known_until, unemployed.known_until), '
        ~ 'coalesce(unemployed.known_until, openings.known_until)) as known_until',
    ], "openings.known_from < coalesce(unemployed.known_until, date '9999-12-31') "
        ~ "and coalesce(openings.known_until, date '9999-12-31') > unemployed.known_from") }}
),

together as (
    select * from as_known
    union all
    select
        month_on,
        {%- for name in series %}
            {{ name }},
        {%- endfor %}
        known_from,
        known_until,
        value,
        value as value_sum,
        cast(1 as bigint) as periods,
        cast(null as bigint) as n,
        cast(null as double) as score_sum,
        cast(null as bigint) as score_base,
        cast(null as double) as score_sum_sq,
        unit
    from tightness
),

-- A growth changes when either of its two months is revised.
turns as (
    select
        {{ series | join(', ') }},
        month_on,
        known_from
    from together
    union
    select
        {{ series | join(', ') }},
        cast(month_on + interval 12 month as date) as month_on,
        known_from
    from together
),

beside as (
    select
        now.month_on,
        {%- for name in series %}
            now.{{ name }},
        {%- endfor %}
        turns.known_from,
        now.known_until as value_until,
        now.value,
        now.value_sum,
        now.periods,
        now.n,
        now.score_sum,
        now.score_base,
        now.score_sum_sq,
        now.unit,
        before.value as value_year_before
    from turns
    inner join together as now
        on
            turns.month_on = now.month_on
            {%- for name in series %}
                and turns.{{ name }} = now.{{ name }}
            {%- endfor %}
            and turns.known_from >= now.known_from
            and (now.known_until is null or turns.known_from < now.known_until)
    -- Left: the first year of a series has nothing before it.
    left join together as before
        on
            turns.month_on = cast(before.month_on + interval 12 month as date)
            {%- for name in series %}
                and turns.{{ name }} = before.{{ name }}
            {%- endfor %}
            and turns.known_from >= before.known_from
            and (before.known_until is null or turns.known_from < before.known_until)
),

final as (
    select
        month_on,
        {%- for name in series %}
            {{ name }},
        {%- endfor %}
        known_from,
        least(
            coalesce(lead(known_from) over one_month, value_until),
            coalesce(value_until, lead(known_from) over one_month)
        ) as known_until,
        unit,
        cast(value as double) as value,
        cast(value_sum as double) as value_sum,
        periods,
        n,
        score_sum,
        score_base,
        score_sum_sq,
        cast(value_year_before as double) as value_year_before
    from beside
    where value is not null
    window one_month as (partition by {{ series | join(', ') }}, month_on order by known_from)
)

select * from final
