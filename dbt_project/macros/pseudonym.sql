{#
  Keyed hash of an identifier; null stays null. The key is written by the warehouse to config.pseudonym_key, never leaves the build database,
  and is the same for every table, so that an agent or a customer stays joinable. Without a key there is no pseudonym, never a bare id.
#}
{% macro pseudonym(column) -%}
    substr({{ sha256_hex("(select max(key) from " ~ source('config', 'pseudonym_key') ~ ") || '|' || " ~ column) }}, 1, 16)
{%- endmacro %}
