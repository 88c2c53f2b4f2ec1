{# What DuckDB and Spark say differently about instants. Models call these and stay inside what both share. #}

{% macro instant_to_local(instant, zone) -%}
    {{ return(adapter.dispatch('instant_to_local', 'swotlight')(instant, zone)) }}
{%- endmacro %}

{# Not timezone('UTC', …), which asks the calendar of UTC: the same instant at half the price. #}
{% macro duckdb__instant_to_local(instant, zone) -%}
    timezone({{ zone }}, make_timestamptz(epoch_us({{ instant }})))
{%- endmacro %}

{% macro spark__instant_to_local(instant, zone) -%}
    from_utc_timestamp({{ instant }}, {{ zone }})
{%- endmacro %}


{% macro local_to_instant(local, zone) -%}
    {{ return(adapter.dispatch('local_to_instant', 'swotlight')(local, zone)) }}
{%- endmacro %}

{% macro duckdb__local_to_instant(local, zone) -%}
    timezone('UTC', timezone({{ zone }}, {{ local }}))
{%- endmacro %}

{% macro spark__local_to_instant(local, zone) -%}
    to_utc_timestamp({{ local }}, {{ zone }})
{%- endmacro %}


{# Seconds between two instants, from the instants themselves, never from counted boundaries. #}
{% macro seconds_between(from_at, to_at) -%}
    {{ return(adapter.dispatch('seconds_between', 'swotlight')(from_at, to_at)) }}
{%- endmacro %}

{% macro duckdb__seconds_between(from_at, to_at) -%}
    (epoch({{ to_at }}) - epoch({{ from_at }}))
{%- endmacro %}

{% macro spark__seconds_between(from_at, to_at) -%}
    ((unix_micros({{ to_at }}) - unix_micros({{ from_at }})) / 1000000.0D)
{%- endmacro %}

{% macro minutes_between(from_at, to_at) -%}
    ({{ seconds_between(from_at, to_at) }} / 60.0)
{%- endmacro %}


{% macro add_seconds(instant, seconds) -%}
    {{ return(adapter.dispatch('add_seconds', 'swotlight')(instant, seconds)) }}
{%- endmacro %}

{% macro duckdb__add_seconds(instant, seconds) -%}
    ({{ instant }} + to_microseconds(cast(round(cast({{ seconds }} as double) * 1000000) as bigint)))
{%- endmacro %}

{% macro spark__add_seconds(instant, seconds) -%}
    timestamp_micros(unix_micros({{ instant }}) + cast(round(cast({{ seconds }} as double) * 1000000) as bigint))
{%- endmacro %}


{% macro add_days(day, days) -%}
    {{ return(adapter.dispatch('add_days', 'swotlight')(day, days)) }}
{%- endmacro %}

{% macro duckdb__add_days(day, days) -%}
    ({{ day }} + cast({{ days }} as integer))
{%- endmacro %}

{% macro spark__add_days(day, days) -%}
    date_add({{ day }}, cast({{ days }} as int))
{%- endmacro %}


{% macro days_between(from_on, to_on) -%}
    {{ return(adapter.dispatch('days_between', 'swotlight')(from_on, to_on)) }}
{%- endmacro %}

{% macro duckdb__days_between(from_on, to_on) -%}
    ({{ to_on }} - {{ from_on }})
{%- endmacro %}

{% macro spark__days_between(from_on, to_on) -%}
    datediff({{ to_on }}, {{ from_on }})
{%- endmacro %}


{# Monday = 1 … Sunday = 7. #}
{% macro iso_weekday(day) -%}
    {{ return(adapter.dispatch('iso_weekday', 'swotlight')(day)) }}
{%- endmacro %}

{% macro duckdb__iso_weekday(day) -%}
    cast(isodow({{ day }}) as integer)
{%- endmacro %}

{% macro spark__iso_weekday(day) -%}
    (weekday({{ day }}) + 1)
{%- endmacro %}


{# Minute of the local day of a wall-clock instant. #}
{% macro minute_of_day(local) -%}
    cast(extract(hour from {{ local }}) * 60 + extract(minute from {{ local }}) as integer)
{%- endmacro %}


{# Start of the quarter of an hour an instant lies in. #}
{% macro quarter_hour(instant) -%}
    {{ return(adapter.dispatch('quarter_hour', 'swotlight')(instant)) }}
{%- endmacro %}

{% macro duckdb__quarter_hour(instant) -%}
    time_bucket(interval 15 minute, {{ instant }})
{%- endmacro %}

{% macro spark__quarter_hour(instant) -%}
    timestamp_seconds(unix_seconds({{ instant }}) - unix_seconds({{ instant }}) % 900)
{%- endmacro %}
