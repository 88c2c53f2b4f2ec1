{# Labour-market tightness proper: vacancies for each person out of work, where both are published. Who is out of work
   comes from the first source by name that says so for the region. `columns` are further ones, `held` a condition. #}
{% macro labour_tightness(published, columns, held='true') -%}
select
    openings.month_on,
    openings.source,
    'labour_tightness' as indicator,
    openings.subject,
    openings.segment,
    openings.region,
    openings.value / nullif(unemployed.value, 0) as value,
    'score' as unit,
    {{ columns | join(',\n    ') }}
from {{ published }} as openings
inner join (
    select
        *,
        dense_rank() over (partition by subject, segment, region order by source) as place
    from {{ published }}
    where indicator = 'unemployed'
) as unemployed
    on
        openings.month_on = unemployed.month_on
        and openings.subject = unemployed.subject
        and openings.segment = unemployed.segment
        and openings.region = unemployed.region
        and openings.indicator = 'job_openings'
        and unemployed.place = 1
        and {{ held }}
{%- endmacro %}
