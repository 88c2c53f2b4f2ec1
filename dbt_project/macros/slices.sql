{# The columns every fact and rollup can be cut by. #}
{% macro slice_names() -%}
    {{ return(['source', 'channel', 'team', 'region', 'topic', 'segment']) }}
{%- endmacro %}

{# The slice columns of a relation, as they are. #}
{% macro slices(relation=none, names=none) -%}
    {%- for name in names or slice_names() %}
    {{ relation ~ '.' if relation }}{{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The slice columns for a rollup: a row whose team is not known belongs to 'unknown'; it is never dropped. #}
{% macro known_slices(relation=none, names=none) -%}
    {%- for name in names or slice_names() %}
    coalesce({{ relation ~ '.' if relation }}{{ name }}, 'unknown') as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# A count of rows where a condition holds, as a whole number and 0 where there are none. #}
{% macro count_where(condition) -%}
    cast(count(*) filter (where {{ condition }}) as bigint)
{%- endmacro %}

{# The same of a single row: 1 where the condition holds, else 0. #}
{% macro one_where(condition) -%}
    cast(case when {{ condition }} then 1 else 0 end as bigint)
{%- endmacro %}

{# Measures of a rollup added up again, in a smaller one; a sum stays null when nothing is known. #}
{% macro added_up(counts, amounts=[]) -%}
    {%- for name in counts %}
    {{ sum_of(name, 'bigint') }} as {{ name }}{{ ',' if not loop.last or amounts }}
    {%- endfor %}
    {%- for name in amounts %}
    {{ exact_sum(name) }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# A sum that stays null when nothing is known, typed so that contracts hold. #}
{% macro sum_of(value, as='double') -%}
    cast(sum({{ value }}) as {{ as }})
{%- endmacro %}

{#
  A sum of seconds or minutes that comes out the same to the last bit in whatever order it is added, so that two builds of the same rows are
  equal: of whole milliseconds, as numbers without a fraction.
#}
{% macro exact_sum(value, name=none) -%}
    cast(sum(round({{ value }} * {{ grain_of(name or value) }})) / {{ grain_of(name or value) }}.0 as double)
{%- endmacro %}

{# How many milliseconds the unit of an amount has; its name tells the unit. #}
{% macro grain_of(name) -%}
    {{ return(60000 if 'minutes' in name else 1000) }}
{%- endmacro %}

{# Whether a text (in small letters) has one of the words. #}
{% macro has_word(text, words) -%}
    (
        {%- for word in words %}
        {{ 'or ' if not loop.first }}{{ text }} like '%{{ word }}%'
        {%- endfor %}
    )
{%- endmacro %}
