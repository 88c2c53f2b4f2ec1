-- Grain: one row per metric, dimension, segment and month: what the segment contributes to the change of the blended
-- figure since the month before, by its weight (mix) and by its own rate.
-- Symmetric split: rate (r₁ − r₀)(w₀ + w₁)/2, mix (w₁ − w₀)((r₀ + r₁)/2 − (R₀ + R₁)/2);
-- both add up to R₁ − R₀.
-- Source: E. M. Kitagawa, JASA 50 (1955).
{{ config(schema='marts') }}
{%- set blends = [
    ('service_level', 'contacts', 'sl_answered', 'sl_base', ['channel', 'team', 'topic']),
    ('abandonment_rate', 'contacts', 'abandoned', 'abandonment_base', ['channel', 'team']),
    ('aht_seconds', 'contacts', 'handling_seconds', 'handling_base', ['channel', 'team', 'topic']),
    ('sla_attainment', 'promises', 'promises_met', 'promises_due', ['channel', 'team', 'priority']),
    ('fcr_internal', 'solved', 'fcr_without_repeat', 'fcr_base', ['channel', 'team', 'topic']),
    ('reopen_rate', 'solved', 'reopened_tickets', 'reopens_base', ['channel', 'team', 'topic']),
] %}
with

contacts as (
    select * from {{ ref('rollup_contacts_month') }}
),

promises as (
    select * from {{ ref('rollup_tickets_due_month') }}
),

solved as (
    select * from {{ ref('rollup_tickets_solved_month') }}
),

counted as (
    {%- for metric, relation, numerator, denominator, dimensions in blends %}
        {%- set outer_loop = loop %}
        {%- for dimension in dimensions %}
            select
                '{{ metric }}' as metric,
                '{{ dimension }}' as dimension,
                {{ dimension }} as segment,
                month_on,
                {{ sum_of(numerator) }} as numerator,
                {{ sum_of(denominator) }} as denominator
            from {{ relation }}
            group by {{ dimension }}, month_on
            having sum({{ denominator }}) > 0
            {{ 'union all' if not (loop.last and outer_loop.last) }}
        {%- endfor %}
    {%- endfor %}
),

months as (
    select distinct
        metric,
        dimension,
        month_on,
        cast(month_on + interval 1 month as date) as next_month_on
    from counted
),

-- Months that follow each other, and every segment that either of them has.
compared as (
    select
        months.metric,
        months.dimension,
        now.segment,
        months.next_month_on as month_on,
        now.numerator as numerator_now,
        now.denominator as denominator_now,
        cast(null as double) as numerator_before,
        cast(null as double) as denominator_before
    from months
    inner join counted as now
        on
            months.metric = now.metric
            and months.dimension = now.dimension
            and months.next_month_on = now.month_on
    union all
    select
        months.metric,
        months.dimension,
        earlier.segment,
        months.next_month_on as month_on,
        cast(null as double) as numerator_now,
        cast(null as double) as denominator_now,
        earlier.numerator as numerator_before,
        earlier.denominator as denominator_before
    from months
    inner join counted as earlier
        on
            months.metric = earlier.metric
            and months.dimension = earlier.dimension
            and months.month_on = earlier.month_on
),

paired as (
    select
        metric,
        dimension,
        segment,
        month_on,
        coalesce(sum(numerator_before), 0) as numerator_before,
        coalesce(sum(denominator_before), 0) as denominator_before,
        coalesce(sum(numerator_now), 0) as numerator_now,
        coalesce(sum(denominator_now), 0) as denominator_now
    from compared
    group by metric, dimension, segment, month_on
),

weighed as (
    select
        *,
        denominator_before / nullif(sum(denominator_before) over blend, 0) as share_before,
        denominator_now / nullif(sum(denominator_now) over blend, 0) as share_now,
        numerator_before / nullif(denominator_before, 0) as rate_before,
        numerator_now / nullif(denominator_now, 0) as rate_now,
        sum(numerator_before) over blend / nullif(sum(denominator_before) over blend, 0) as blended_before,
        sum(numerator_now) over blend / nullif(sum(denominator_now) over blend, 0) as blended_now
    from paired
    window blend as (partition by metric, dimension, month_on)
),

-- A segment that is new or gone changed the mix; its rate did not change.
split as (
    select
        *,
        (coalesce(rate_now, rate_before) - coalesce(rate_before, rate_now)) * (share_before + share_now) / 2
            as rate_effect,
        (share_now - share_before)
        * (
            (coalesce(rate_now, rate_before) + coalesce(rate_before, rate_now)) / 2
            - (blended_before + blended_now) / 2
        ) as mix_effect,
        sign(rate_now - rate_before) as moved
    from weighed
    -- A month is compared with the one before it, when there is one.
    where blended_before is not null and blended_now is not null
),

-- Simpson's reversal: the blend moves against every segment there is in both months.
judged as (
    select
        *,
        count(moved) over blend > 1
        and (
            (min(moved) over blend > 0 and blended_now < blended_before)
            or (max(moved) over blend < 0 and blended_now > blended_before)
        ) as is_reversed
    from split
    window blend as (partition by metric, dimension, month_on)
),

final as (
    select
        metric,
        dimension,
        segment,
        month_on,
        cast(numerator_before as double) as numerator_before,
        cast(denominator_before as double) as denominator_before,
        cast(numerator_now as double) as numerator_now,
        cast(denominator_now as double) as denominator_now,
        cast(share_before as double) as share_before,
        cast(share_now as double) as share_now,
        cast(rate_before as double) as rate_before,
        cast(rate_now as double) as rate_now,
        cast(mix_effect as double) as mix_effect,
        cast(rate_effect as double) as rate_effect,
        cast(blended_before as double) as blended_before,
        cast(blended_now as double) as blended_now,
        is_reversed
    from judged
)

select * from final
order by metric, dimension, month_on, segment
