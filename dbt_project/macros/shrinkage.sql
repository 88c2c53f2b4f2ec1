{#
  Small-sample shrinkage by empirical Bayes, as columns over a relation with one row per person.

  A person's mean x of n observations has the sampling variance v = spread ÷ n. Between people of a group the true variance τ² is what the
  spread of the means has beyond chance: τ² = max(0, (Q − (k − 1)) ÷ (Σw − Σw² ÷ Σw)), w = 1 ÷ v, Q = Σ w (x − m)².
  Shrunk = m + (x − m) · τ² ÷ (τ² + v). Source: R. DerSimonian, N. Laird, Controlled Clinical Trials 7 (1986); B. Efron, C. Morris, JASA 70 (1975).
#}
{% macro between_variance(value, weight, centre) -%}
    greatest(
        0.0,
        (sum({{ weight }} * ({{ value }} - {{ centre }}) * ({{ value }} - {{ centre }})) over () - (count({{ value }}) over () - 1))
        / nullif(
            sum({{ weight }}) over () - sum({{ weight }} * {{ weight }}) over () / nullif(sum({{ weight }}) over (), 0), 0
        )
    )
{%- endmacro %}

{% macro shrunk(value, weight, centre, between) -%}
    case
        when {{ value }} is null then null
        -- Nothing is known of the spread of one observation: the group's mean stands.
        when {{ weight }} is null or {{ between }} is null then {{ centre }}
        else {{ centre }} + ({{ value }} - {{ centre }}) * {{ between }} / nullif({{ between }} + 1 / {{ weight }}, 0)
    end
{%- endmacro %}
