{# The one clock: every staging row carries the as-of instant of its source. Never now(). #}
{% macro as_of(relation=none) -%}
    {{ relation ~ '.' if relation }}as_of
{%- endmacro %}

{# Wall-clock instant, in the row's own zone, of an instant stored as UTC. #}
{% macro local_at(instant, relation=none) -%}
    {{ instant_to_local(instant, (relation ~ '.' if relation else '') ~ 'time_zone') }}
{%- endmacro %}

{# Local day of an instant: days of 23 and 25 hours come out right. #}
{% macro local_day(instant, relation=none) -%}
    cast({{ local_at(instant, relation) }} as date)
{%- endmacro %}

{# First day of the month of a day. #}
{% macro month_of(day) -%}
    cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}
