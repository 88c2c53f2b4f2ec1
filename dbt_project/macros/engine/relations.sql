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


{#
  A number that puts events of one instant in order: their own number, with letters before it or not; a name without a number gets the same
  place in every run, whatever the order the files came in.
#}
{% macro event_order(event_id) -%}
    coalesce(
        -- Long names are no numbers; a cast that fails costs more than asking first.
        case
            when length({{ event_id }}) <= 18 then coalesce(
                try_cast({{ event_id }} as bigint),
                try_cast({{ adapter.dispatch('without_leading_letters', 'swotlight')(event_id) }} as bigint)
            )
        end,
        {{ adapter.dispatch('place_of_name', 'swotlight')(event_id) }}
    )
{%- endmacro %}

{% macro duckdb__without_leading_letters(text) -%}
    ltrim({{ text }}, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-#/:. ')
{%- endmacro %}

{% macro spark__without_leading_letters(text) -%}
    trim(leading 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-#/:. ' from {{ text }})
{%- endmacro %}

{% macro duckdb__place_of_name(text) -%}
    cast(hash({{ text }}) >> 1 as bigint)
{%- endmacro %}

{% macro spark__place_of_name(text) -%}
    xxhash64({{ text }})
{%- endmacro %}


{# One row per element of an array. #}
{% macro each_of(array) -%}
    {{ return(adapter.dispatch('each_of', 'swotlight')(array)) }}
{%- endmacro %}

{% macro duckdb__each_of(array) -%}
    unnest({{ array }})
{%- endmacro %}

{% macro spark__each_of(array) -%}
    explode({{ array }})
{%- endmacro %}


{# Two values that sort one after the other. #}
{% macro pair(first, second) -%}
    {{ return(adapter.dispatch('pair', 'swotlight')(first, second)) }}
{%- endmacro %}

{% macro duckdb__pair(first, second) -%}
    row({{ first }}, {{ second }})
{%- endmacro %}

{% macro spark__pair(first, second) -%}
    struct({{ first }}, {{ second }})
{%- endmacro %}


{# The parts of a text between commas, as an array. #}
{% macro parts_of(text) -%}
    {{ return(adapter.dispatch('parts_of', 'swotlight')(text)) }}
{%- endmacro %}

{% macro duckdb__parts_of(text) -%}
    string_split({{ text }}, ',')
{%- endmacro %}

{% macro spark__parts_of(text) -%}
    split({{ text }}, ',')
{%- endmacro %}
