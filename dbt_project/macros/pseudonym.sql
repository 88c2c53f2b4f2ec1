{#
  Keyed hash of an identifier; null stays null. The key is written by the warehouse to config.pseudonym_key, never leaves the build database,
  and is the same for every table, so that an agent or a customer stays joinable. Without a key there is no pseudonym, never a bare id.
#}
{% macro pseudonym(column) -%}
    substr({{ sha256_hex("(select max(key) from " ~ source('config', 'pseudonym_key') ~ ") || '|' || " ~ column) }}, 1, 16)
{%- endmacro %}


{# Every person of a relation with agents and customers, with the pseudonym. A hash is dear: each is hashed once, and not with every row. #}
{% macro pseudonyms_of(relation, kinds=('agent', 'customer')) -%}
    {%- for kind in kinds %}
        {{ 'union all' if not loop.first }}
        select
            '{{ kind }}' as kind,
            person_id,
            {{ pseudonym('person_id') }} as person_key
        from (select distinct {{ kind }}_id as person_id from {{ relation }} where {{ kind }}_id is not null) as people
    {%- endfor %}
{%- endmacro %}
