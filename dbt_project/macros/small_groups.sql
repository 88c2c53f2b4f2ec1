{#
  CTEs that put groups under five together so that none can be seen or worked out: `merged` has the keys, the group and the name it is shown by.
  One small group alone, or several that stay small together, would be given away by the rest: the next larger one joins them. What is small even
  then is left to the reader's own `>= employee_group_min`.
#}
{% macro merged_small_groups(relation, keys, group, size, name='small groups') -%}
    {%- set least = var('employee_group_min') -%}
    {%- set by = keys | join(', ') -%}
    ordered_by_size as (
        select
            *,
            row_number() over (partition by {{ by }} order by {{ size }}, {{ group }}) as place_in_size,
            count(*) filter (where {{ size }} < {{ least }}) over (partition by {{ by }}) as small_groups,
            coalesce(sum({{ size }}) filter (where {{ size }} < {{ least }}) over (partition by {{ by }}), 0) as in_small_groups
        from {{ relation }}
    ),

    merged as (
        select
            {{ by }},
            {{ group }},
            case
                when {{ size }} < {{ least }} then '{{ name }}'
                when small_groups > 0 and place_in_size = small_groups + 1 and in_small_groups < {{ least }}
                    then '{{ name }}'
                else {{ group }}
            end as shown
        from ordered_by_size
    )
{%- endmacro %}
