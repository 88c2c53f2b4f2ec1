{# What DuckDB and Spark say differently about tables. #}

{# A column of every day from one day to another, both included, as a table called `name(day_on)`. Null bounds give no days. #}
{% macro days_from_to(from_on, to_on) -%}
    {{ return(adapter.dispatch('days_from_to', 'swotlight')(from_on, to_on)) }}
{%- endmacro %}

{% macro duckdb__days_from_to(from_on, to_on) -%}
    unnest(generate_series(cast({{ from_on }} as timestamp), cast({{ to_on }} as timestamp), interval 1 day))
{%- endmacro %}

{% macro spark__days_from_to(from_on, to_on) -%}
    explode(sequence({{ from_on }}, {{ to_on }}, interval 1 day))
{%- endmacro %}


{# The kind of join that finds, for each left row, the one right row with the greatest value not above its own. #}
{% macro asof_left_join() -%}
    {{ return(adapter.dispatch('asof_left_join', 'swotlight')()) }}
{%- endmacro %}

{% macro duckdb__asof_left_join() -%}
    asof left join
{%- endmacro %}

{% macro spark__asof_left_join() -%}
    {{ exceptions.raise_compiler_error("Spark has no asof join: int_business_clock needs its Spark form before this engine can build business minutes.") }}
{%- endmacro %}


{% macro sha256_hex(text) -%}
    {{ return(adapter.dispatch('sha256_hex', 'swotlight')(text)) }}
{%- endmacro %}

{% macro duckdb__sha256_hex(text) -%}
    sha256({{ text }})
{%- endmacro %}

{% macro spark__sha256_hex(text) -%}
    sha2({{ text }}, 256)
{%- endmacro %}
