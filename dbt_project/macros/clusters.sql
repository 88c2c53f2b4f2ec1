{# One measure of an agent's month: cases, their sum, and the sum of their squares. #}
{% macro cluster_row(measure, x, y, yy) -%}
    month_on,
    '{{ measure }}' as measure,
    agent_key,
    team,
    region,
    channel,
    cast({{ x }} as double) as x,
    cast(coalesce({{ y }}, 0) as double) as y,
    cast(coalesce({{ yy }}, 0) as double) as yy
{%- endmacro %}

{# One yes-or-no measure of all customers of a month: sums, and sums of squares and products of each one's sums. #}
{% macro customer_row(measure, x, y) -%}
    month_on,
    '{{ measure }}' as measure,
    cast(count(*) as bigint) as customers,
    cast(sum({{ x }}) as double) as x,
    cast(sum({{ y }}) as double) as y,
    cast(sum({{ x }} * {{ x }}) as double) as xx,
    cast(sum({{ x }} * {{ y }}) as double) as xy,
    cast(sum({{ y }} * {{ y }}) as double) as yy,
    cast(sum({{ y }}) as double) as singles
{%- endmacro %}
