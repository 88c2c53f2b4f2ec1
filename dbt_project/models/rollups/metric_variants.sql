-- Grain: one row per metric, variant, month and channel ('all' for all of them): what every definition in use would
-- say.
{{ config(schema='marts') }}
{%- set contact_variants = [
    ('service_level', 'main', 'sl_answered', 'sl_base',
     'answered in time ÷ (answered + abandoned − abandoned short)', true),
    ('service_level', 'F1', 'sl_f1_met', 'sl_f1_base',
     '(answered in time + abandoned in time) ÷ (answered + abandoned)', true),
    ('service_level', 'F2', 'sl_f2_met', 'sl_f2_base', 'answered in time ÷ answered', true),
    ('service_level', 'F3', 'sl_f3_met', 'sl_f3_base', 'answered in time ÷ (answered + abandoned)', true),
    ('service_level', 'F4', 'sl_f4_met', 'sl_f4_base',
     'answered in time ÷ (answered + abandoned − abandoned in time)', true),
    ('service_level', 'F5', 'sl_f5_met', 'sl_f5_base',
     '(answered in time + abandoned short) ÷ (answered + abandoned)', true),
    ('abandonment_rate', 'main', 'abandoned', 'abandonment_base', 'abandoned ÷ offered', false),
    ('abandonment_rate', 'without short', 'abandoned - abandoned_short', 'offered - abandoned_short',
     '(abandoned − abandoned short) ÷ (offered − abandoned short)', false),
] %}
{%- set promise_variants = [
    ('sla_attainment', 'main', 'promises_met', 'promises_due',
     'promises met ÷ promises due, by the target in force when the promise was made', true),
    ('sla_attainment', 're-targeted', 'promises_met_retargeted', 'promises_due_retargeted',
     'promises met ÷ promises due, by the last target set before the promise was kept', true),
] %}
with

contacts as (
    select * from {{ ref('rollup_contacts_month') }}
),

promises as (
    select * from {{ ref('rollup_tickets_due_month') }}
),

counted as (
    {%- for relation, variants in [('contacts', contact_variants), ('promises', promise_variants)] %}
        {%- set outer_loop = loop %}
        {%- for metric, variant, numerator, denominator, formula, is_higher_better in variants %}
            select
                month_on,
                channel,
                '{{ metric }}' as metric,
                '{{ variant }}' as variant,
                '{{ formula }}' as formula,
                {{ is_higher_better }} as is_higher_better,
                cast({{ numerator }} as bigint) as numerator,
                cast({{ denominator }} as bigint) as denominator
            from {{ relation }}
            {{ 'union all' if not (loop.last and outer_loop.last) }}
        {%- endfor %}
    {%- endfor %}
),

cut as (
    select * from counted
    union all
    select
        month_on,
        'all' as channel,
        metric,
        variant,
        formula,
        is_higher_better,
        numerator,
        denominator
    from counted
),

added as (
    select
        month_on,
        channel,
        metric,
        variant,
        formula,
        is_higher_better,
        {{ sum_of('numerator', 'bigint') }} as numerator,
        {{ sum_of('denominator', 'bigint') }} as denominator
    from cut
    group by all
),

divided as (
    select
        *,
        cast(numerator as double) / nullif(denominator, 0) as value
    from added
),

-- Which way is flattering depends on the metric.
ranked as (
    select
        *,
        max(case when is_higher_better then value else -value end) over same as best,
        min(case when is_higher_better then value else -value end) over same as worst
    from divided
    window same as (partition by month_on, channel, metric)
),

final as (
    select
        month_on,
        channel,
        metric,
        variant,
        formula,
        numerator,
        denominator,
        value,
        variant = 'main' as is_main,
        -- Where all of them say the same, none flatters.
        coalesce(case when is_higher_better then value else -value end = best and best > worst, false)
            as is_most_flattering,
        case
            when
                variant = 'main'
                and best > worst
                and case when is_higher_better then value else -value end = best
                then 'The main definition is the most flattering of those that can be computed.'
        end as note
    from ranked
)

select * from final
order by month_on, metric, variant, channel
