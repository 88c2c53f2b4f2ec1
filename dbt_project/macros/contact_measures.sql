{#
  The additive measures of a contact or an interval, as numbers that add up. Each variant of the service level brings its own base, because a
  source may know enough for one variant and not for another; unknown parts are null, in numerator and base alike.
#}
{% macro contact_measures() -%}
    cast(offered as bigint) as offered,
    cast(answered as bigint) as answered,
    cast(abandoned as bigint) as abandoned,
    cast({{ known_when('offered', ['abandoned']) }} as bigint) as abandonment_base,
    cast(abandoned_short as bigint) as abandoned_short,
    cast(answered_in_threshold as bigint) as answered_in_threshold,
    cast(abandoned_in_threshold as bigint) as abandoned_in_threshold,
    cast({{ known_when('answered_in_threshold', ['abandoned_short', 'answered_in_threshold']) }} as bigint) as sl_answered,
    cast({{ known_when('answered + abandoned - abandoned_short', ['abandoned_short', 'answered_in_threshold']) }} as bigint) as sl_base,
    cast({{ known_when('answered_in_threshold + abandoned_in_threshold', ['answered_in_threshold', 'abandoned_in_threshold']) }} as bigint) as sl_f1_met,
    cast({{ known_when('answered + abandoned', ['answered_in_threshold', 'abandoned_in_threshold']) }} as bigint) as sl_f1_base,
    cast(answered_in_threshold as bigint) as sl_f2_met,
    cast({{ known_when('answered', ['answered_in_threshold']) }} as bigint) as sl_f2_base,
    cast({{ known_when('answered_in_threshold', ['answered_in_threshold', 'abandoned']) }} as bigint) as sl_f3_met,
    cast({{ known_when('answered + abandoned', ['answered_in_threshold', 'abandoned']) }} as bigint) as sl_f3_base,
    cast({{ known_when('answered_in_threshold', ['answered_in_threshold', 'abandoned_in_threshold']) }} as bigint) as sl_f4_met,
    cast({{ known_when('answered + abandoned - abandoned_in_threshold', ['answered_in_threshold', 'abandoned_in_threshold']) }} as bigint) as sl_f4_base,
    cast({{ known_when('answered_in_threshold + abandoned_short', ['answered_in_threshold', 'abandoned_short']) }} as bigint) as sl_f5_met,
    cast({{ known_when('answered + abandoned', ['answered_in_threshold', 'abandoned_short']) }} as bigint) as sl_f5_base,
    cast(flowed_out as bigint) as flowed_out,
    cast(unexplained as bigint) as unexplained,
    cast(ended_by_automation as bigint) as ended_by_automation,
    cast(contained as bigint) as contained,
    cast(met_automation as bigint) as met_automation,
    cast(containment_pending as bigint) as containment_pending,
    cast(automation_base as bigint) as automation_base,
    cast(wait_seconds as double) as wait_seconds,
    cast(wait_seconds_sq as double) as wait_seconds_sq,
    cast(waited_base as bigint) as waited_base,
    cast(abandoned_wait_seconds as double) as abandoned_wait_seconds,
    cast(talk_seconds as double) as talk_seconds,
    cast(hold_seconds as double) as hold_seconds,
    cast(wrap_seconds as double) as wrap_seconds,
    cast(handling_seconds as double) as handling_seconds,
    cast(handling_seconds_sq as double) as handling_seconds_sq,
    cast(handling_base as bigint) as handling_base,
    cast(handled as bigint) as handled,
    cast(transferred as bigint) as transferred,
    cast(transfer_base as bigint) as transfer_base
{%- endmacro %}

{% macro contact_measure_names() -%}
    {{ return([
        'offered', 'answered', 'abandoned', 'abandonment_base', 'abandoned_short', 'answered_in_threshold', 'abandoned_in_threshold', 'sl_answered',
        'sl_base',
        'sl_f1_met', 'sl_f1_base', 'sl_f2_met', 'sl_f2_base', 'sl_f3_met', 'sl_f3_base', 'sl_f4_met', 'sl_f4_base', 'sl_f5_met', 'sl_f5_base',
        'flowed_out', 'unexplained', 'ended_by_automation', 'contained', 'met_automation', 'containment_pending', 'automation_base', 'wait_seconds',
        'wait_seconds_sq', 'waited_base',
        'abandoned_wait_seconds', 'talk_seconds', 'hold_seconds', 'wrap_seconds', 'handling_seconds', 'handling_seconds_sq',
        'handling_base', 'handled',
        'transferred', 'transfer_base',
    ]) }}
{%- endmacro %}

{# What is kept by the hour: what the week by hour and the staffing plan read. The rest is asked of single contacts. #}
{% macro hourly_measure_names() -%}
    {{ return([
        'offered', 'answered', 'abandoned', 'abandonment_base', 'abandoned_short', 'answered_in_threshold', 'abandoned_in_threshold', 'sl_answered',
        'sl_base',
        'sl_f3_met', 'sl_f3_base', 'wait_seconds', 'wait_seconds_sq', 'waited_base', 'handling_seconds', 'handling_seconds_sq', 'handling_base',
        'handled',
    ]) }}
{%- endmacro %}

{# The same measures added up; seconds stay decimal, counts stay whole. #}
{% macro contact_measures_again(names=none) -%}
    {%- for name in names or contact_measure_names() %}
    {{ exact_sum(name) if name.endswith(('_seconds', '_sq')) else sum_of(name, 'bigint') }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# A value, where all of what it is made of is known. #}
{% macro known_when(value, parts) -%}
    case when {% for part in parts %}{{ part }} is not null{{ ' and ' if not loop.last }}{% endfor %} then {{ value }} end
{%- endmacro %}
