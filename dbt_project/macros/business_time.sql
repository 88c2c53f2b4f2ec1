{#
  Business time between two instants is the difference of two readings of a clock that runs only while it is open. A reading is found by the
  day of the instant: an equal join on a few rows a day, never a count of minutes.
#}

{# The join that finds the stretch of `int_business_days` an instant lies in. Left: what has not happened has no reading. #}
{% macro join_business_day(alias, schedule, time_zone, instant) -%}
    left join business_days as {{ alias }}
        on
            {{ schedule }} = {{ alias }}.schedule
            and {{ time_zone }} = {{ alias }}.time_zone
            and cast({{ instant }} as date) = {{ alias }}.utc_on
            and {{ instant }} >= {{ alias }}.from_at
            and {{ instant }} < {{ alias }}.to_at
{%- endmacro %}

{# The clock's reading in open seconds: what was open before the stretch, and what of it has passed. #}
{% macro business_clock(alias, instant) -%}
    {{ alias }}.open_seconds_before
    + greatest({{ seconds_between(alias ~ '.opens_at', 'least(' ~ instant ~ ', ' ~ alias ~ '.closes_at)') }}, 0)
{%- endmacro %}

{# The other way round: the join that finds the open stretch in which the clock reaches a reading. #}
{% macro join_business_reading(alias, schedule, time_zone, reading) -%}
    left join business_readings as {{ alias }}
        on
            {{ schedule }} = {{ alias }}.schedule
            and {{ time_zone }} = {{ alias }}.time_zone
            and {{ reading_bucket(reading) }} = {{ alias }}.bucket
            and {{ reading }} > {{ alias }}.open_seconds_before
            and {{ reading }} <= {{ alias }}.open_seconds_after
{%- endmacro %}

{# The instant at which the clock shows a reading. #}
{% macro instant_of_reading(alias, reading) -%}
    {{ add_seconds(alias ~ '.opens_at', reading ~ ' - ' ~ alias ~ '.open_seconds_before') }}
{%- endmacro %}

{# Four hours of open time share a bucket: few enough rows to find one, few enough stretches to choose among. #}
{% macro reading_bucket(reading) -%}
    cast(ceil({{ reading }} / 14400) as integer)
{%- endmacro %}
