{#
  Log-bucket of a duration: bucket b holds (1.02^(b-1), 1.02^b], so any quantile read from the buckets is right within 1 %.
  Nothing and less than nothing share bucket -1000. The representative value of a bucket is 2 · 1.02^b / 2.02.
#}
{% macro log_bucket(value) -%}
    case
        when {{ value }} is null then null
        when {{ value }} <= 0 then -1000
        else cast(ceil(ln({{ value }}) / ln(1.02) - 1e-9) as integer)
    end
{%- endmacro %}

{# The durations of a ticket that are counted in buckets. #}
{% macro ticket_duration_measures() -%}
    {{ return([
        'first_reply_calendar_minutes', 'first_reply_business_minutes', 'first_resolution_calendar_minutes',
        'first_resolution_business_minutes', 'full_resolution_calendar_minutes', 'full_resolution_business_minutes',
    ]) }}
{%- endmacro %}
