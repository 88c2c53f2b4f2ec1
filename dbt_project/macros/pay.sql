{# Pay a year of pay per hour, day, week, month or year, full-time; null where the period is not said. #}
{% macro annual_pay(amount, period) -%}
    {{ amount }} * case {{ period }}
        when 'year' then 1
        when 'month' then 12
        when 'week' then 52
        when 'day' then {{ var('paid_days_a_year') }}
        when 'hour' then {{ var('paid_hours_a_year') }}
    end
{%- endmacro %}
