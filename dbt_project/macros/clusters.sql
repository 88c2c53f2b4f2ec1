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

{# How far days stray from an agent's own share y ÷ x, as sums of squares, with the square of that share. #}
{% macro strays(measure) -%}
    {%- set x, y = measure ~ '_x', measure ~ '_y' -%}
    {{ measure }}_yy - 2 * {{ y }} / nullif({{ x }}, 0) * {{ measure }}_xy
    + {{ y }} / nullif({{ x }}, 0) * {{ y }} / nullif({{ x }}, 0) * {{ measure }}_xx + {{ y }} * {{ y }} / nullif({{ x }}, 0)
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
