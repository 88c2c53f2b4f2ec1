{# How a model becomes a table or a view: dbt's own ways, without what DuckDB needs no second step for.

   dbt makes a model under another name, moves the old one away, renames the new one and drops the old. DuckDB replaces a table or
   view inside one transaction: readers see the old one until it is committed. With some 140 models the renaming, dropping and
   the second look at each contract took a tenth of a build.

   No hooks, grants or stored descriptions: this project has none. #}

{% materialization table, adapter="duckdb" %}
    {% do drop_other_kind('table') %}
    {% call statement('main') %}
        {{ get_assert_columns_equivalent(compiled_code) if config.get('contract').enforced }}
        {% if config.get('contract').enforced %}
            create or replace table {{ this }} {{ get_table_columns_and_constraints() }};
            insert into {{ this }} {{ get_column_names() }} ({{ get_select_subquery(compiled_code) }});
        {% else %}
            create or replace table {{ this }} as ({{ compiled_code }});
        {% endif %}
    {% endcall %}
    {% do adapter.commit() %}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}


{% materialization view, adapter="duckdb" %}
    {% do drop_other_kind('view') %}
    {% call statement('main') %}
        {{ get_assert_columns_equivalent(compiled_code) if config.get('contract').enforced }}
        create or replace view {{ this }} as ({{ compiled_code }});
    {% endcall %}
    {% do adapter.commit() %}
    {{ return({'relations': [this.incorporate(type='view')]}) }}
{% endmaterialization %}


{# DuckDB does not replace a table by a view nor a view by a table. #}
{% macro drop_other_kind(kind) %}
    {% set existing = load_cached_relation(this) %}
    {% if existing is not none and existing.type != kind %}
        {% do adapter.drop_relation(existing) %}
    {% endif %}
{% endmacro %}


{# The columns of the query are those of the contract, by name and type. Where they are not, or a type has a second name, dbt's own
   comparison decides and finds the words. #}
{% macro duckdb__get_assert_columns_equivalent(sql) %}
    {% set described = run_query('select lower(column_name), lower(column_type) from (describe ' ~ get_empty_subquery_sql(sql) ~ ')') %}
    {% set promised = {} %}
    {% for column in model['columns'].values() %}
        {% do promised.update({column['name'] | lower: column['data_type'] | lower}) %}
    {% endfor %}
    {% set found = {} %}
    {% for row in described.rows %}
        {% do found.update({row[0]: row[1]}) %}
    {% endfor %}
    {% if found != promised or not promised %}
        {{ return(assert_columns_equivalent(sql)) }}
    {% endif %}
{% endmacro %}
