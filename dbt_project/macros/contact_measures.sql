{#
  The additive measures of contacts, from counts per contact or interval. Each variant of the service level brings its own base, because a
  source may know enough for one variant and not for another; unknown parts are null, in numerator and base alike.
#}
{% macro contact_measures() -%}
    {{ sum_of('offered', 'bigint') }} as offered,
    {{ sum_of('answered', 'bigint') }} as answered,
    {{ sum_of('abandoned', 'bigint') }} as abandoned,
    {{ sum_of('abandoned_short', 'bigint') }} as abandoned_short,
    {{ sum_of('answered_in_threshold', 'bigint') }} as answered_in_threshold,
    {{ sum_of('abandoned_in_threshold', 'bigint') }} as abandoned_in_threshold,
    {{ sum_of(known_when('answered_in_threshold', ['abandoned_short', 'answered_in_threshold']), 'bigint') }} as sl_answered,
    {{ sum_of(known_when('answered + abandoned - abandoned_short', ['abandoned_short', 'answered_in_threshold']), 'bigint') }} as sl_base,
    {{ sum_of(known_when('answered_in_threshold + abandoned_in_threshold', ['answered_in_threshold', 'abandoned_in_threshold']), 'bigint') }} as sl_f1_met,
    {{ sum_of(known_when('answered + abandoned', ['answered_in_threshold', 'abandoned_in_threshold']), 'bigint') }} as sl_f1_base,
    {{ sum_of('answered_in_threshold', 'bigint') }} as sl_f2_met,
    {{ sum_of(known_when('answered', ['answered_in_threshold']), 'bigint') }} as sl_f2_base,
    {{ sum_of('answered_in_threshold', 'bigint') }} as sl_f3_met,
    {{ sum_of(known_when('answered + abandoned', ['answered_in_threshold']), 'bigint') }} as sl_f3_base,
    {{ sum_of(known_when('answered_in_threshold', ['answered_in_threshold', 'abandoned_in_threshold']), 'bigint') }} as sl_f4_met,
    {{ sum_of(known_when('answered + abandoned - abandoned_in_threshold', ['answered_in_threshold', 'abandoned_in_threshold']), 'bigint') }} as sl_f4_base,
    {{ sum_of(known_when('answered_in_threshold + abandoned_short', ['answered_in_threshold', 'abandoned_short']), 'bigint') }} as sl_f5_met,
    {{ sum_of(known_when('answered + abandoned', ['answered_in_threshold', 'abandoned_short']), 'bigint') }} as sl_f5_base,
    {{ sum_of('flowed_out', 'bigint') }} as flowed_out,
    {{ sum_of('unexplained', 'bigint') }} as unexplained,
    {{ sum_of('contained', 'bigint') }} as contained,
    {{ sum_of('met_automation', 'bigint') }} as met_automation,
    {{ sum_of('containment_pending', 'bigint') }} as containment_pending,
    {{ sum_of('wait_seconds') }} as wait_seconds,
    {{ sum_of('wait_seconds_sq') }} as wait_seconds_sq,
    {{ sum_of('waited_base', 'bigint') }} as waited_base,
    {{ sum_of('abandoned_wait_seconds') }} as abandoned_wait_seconds,
    {{ sum_of('talk_seconds') }} as talk_seconds,
    {{ sum_of('hold_seconds') }} as hold_seconds,
    {{ sum_of('wrap_seconds') }} as wrap_seconds,
    {{ sum_of('handling_seconds') }} as handling_seconds,
    {{ sum_of('handling_seconds_sq') }} as handling_seconds_sq,
    {{ sum_of('handling_base', 'bigint') }} as handling_base,
    {{ sum_of('handled', 'bigint') }} as handled,
    {{ sum_of('transferred', 'bigint') }} as transferred,
    {{ sum_of('transfer_base', 'bigint') }} as transfer_base
{%- endmacro %}

{% macro contact_measure_names() -%}
    {{ return([
        'offered', 'answered', 'abandoned', 'abandoned_short', 'answered_in_threshold', 'abandoned_in_threshold', 'sl_answered', 'sl_base',
        'sl_f1_met', 'sl_f1_base', 'sl_f2_met', 'sl_f2_base', 'sl_f3_met', 'sl_f3_base', 'sl_f4_met', 'sl_f4_base', 'sl_f5_met', 'sl_f5_base',
        'flowed_out', 'unexplained', 'contained', 'met_automation', 'containment_pending', 'wait_seconds', 'wait_seconds_sq', 'waited_base',
        'abandoned_wait_seconds', 'talk_seconds', 'hold_seconds', 'wrap_seconds', 'handling_seconds', 'handling_seconds_sq',
        'handling_base', 'handled',
        'transferred', 'transfer_base',
    ]) }}
{%- endmacro %}

{# The same measures added up again, from a rollup to a smaller one; seconds stay decimal, counts stay whole. #}
{% macro contact_measures_again() -%}
    {%- for name in contact_measure_names() %}
    {{ sum_of(name, 'double' if name.endswith(('_seconds', '_sq')) else 'bigint') }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# A value, where all of what it is made of is known. #}
{% macro known_when(value, parts) -%}
    case when {% for part in parts %}{{ part }} is not null{{ ' and ' if not loop.last }}{% endfor %} then {{ value }} end
{%- endmacro %}
