{# What DuckDB and Spark say differently about tables. #}

{#
  Where a step between raw rows and facts is kept: read a few times in the same build and by nobody after it. In DuckDB that is memory (the
  profile attaches it), which spills like everything else: packing such a table for the file costs a quarter of working it out.
#}
{% macro scratch_database() -%}
    {{ return('scratch' if target.type == 'duckdb' else target.database) }}
{%- endmacro %}

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
    {{ exceptions.raise_compiler_error("Spark has no asof join: what asks for the last row before an instant needs its Spark form before this engine can build it.") }}
{%- endmacro %}


{# The kind of join that keeps the left rows with at least one right row, each once. #}
{% macro semi_join() -%}
    {{ return(adapter.dispatch('semi_join', 'swotlight')()) }}
{%- endmacro %}

{% macro duckdb__semi_join() -%}
    semi join
{%- endmacro %}

{% macro spark__semi_join() -%}
    left semi join
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
  What puts events of one instant in order, for an `order by`: the shorter name first, then by its letters, so that 9 comes before 10 and e9
  before e10; the same place in every run, whatever the order the files came in. Asking for numbers would cost four times the sort.
#}
{% macro event_order(event_id) -%}
    length({{ event_id }}), {{ event_id }}
{%- endmacro %}

{# The same as one value, for `min_by` and `max_by`. #}
{% macro event_place(occurred_at, event_id) -%}
    {{ pair(occurred_at, pair('length(' ~ event_id ~ ')', event_id)) }}
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


{# Every value of a group, as an array in no order. #}
{% macro all_of(value) -%}
    {{ return(adapter.dispatch('all_of', 'swotlight')(value)) }}
{%- endmacro %}

{% macro duckdb__all_of(value) -%}
    list({{ value }})
{%- endmacro %}

{% macro spark__all_of(value) -%}
    collect_list({{ value }})
{%- endmacro %}


{# One value with named parts, asked for as `value.name`: from a mapping of names to expressions. #}
{% macro together(parts) -%}
    {{ return(adapter.dispatch('together', 'swotlight')(parts)) }}
{%- endmacro %}

{% macro duckdb__together(parts) -%}
    struct_pack({% for name, value in parts.items() %}{{ name }} := {{ value }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro spark__together(parts) -%}
    named_struct({% for name, value in parts.items() %}'{{ name }}', {{ value }}{{ ', ' if not loop.last }}{% endfor %})
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


{# One row per whole number from one to another, both included. #}
{% macro each_number(from_number, to_number) -%}
    {{ return(adapter.dispatch('each_number', 'swotlight')(from_number, to_number)) }}
{%- endmacro %}

{% macro duckdb__each_number(from_number, to_number) -%}
    cast(unnest(generate_series(cast({{ from_number }} as bigint), cast({{ to_number }} as bigint))) as integer)
{%- endmacro %}

{% macro spark__each_number(from_number, to_number) -%}
    explode(sequence({{ from_number }}, {{ to_number }}))
{%- endmacro %}
