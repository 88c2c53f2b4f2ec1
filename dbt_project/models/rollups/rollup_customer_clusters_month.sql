-- Grain: one row per month and measure: over all customers, the sums of squares of each one's cases. Only tests of the
-- SWOT read it, to see how far the cases of one customer go together. No customer can be told from it.
{%- set measures = [
    ('abandonment_rate', 'contacts_added', 'offered', 'abandoned'),
    ('transfer_rate', 'contacts_added', 'handled', 'transferred'),
    ('complaint_rate', 'tickets_added', 'tickets', 'complaints'),
    ('resolution_rate', 'tickets_added', 'resolution_base', 'resolved'),
    ('reopen_rate', 'tickets_added', 'reopen_base', 'reopened'),
    ('fcr_internal', 'tickets_added', 'repeat_base', 'not_repeated'),
    ('csat', 'answers_added', 'answers', 'satisfied'),
] %}
with

contacts as (
    select * from {{ ref('fct_contacts') }}
    where customer_key is not null
),

tickets as (
    select * from {{ ref('fct_tickets') }}
    where customer_key is not null
),

answers as (
    select * from {{ ref('fct_survey_answers') }}
    where
        customer_key is not null
        and responded_on is not null
        and role = 'perception'
        and instrument = 'csat'
        and satisfied is not null
),

contacts_added as (
    select
        {{ month_of('arrived_on') }} as month_on,
        customer_key,
        {{ count_where('is_offered') }} as offered,
        {{ count_where('is_abandoned') }} as abandoned,
        {{ count_where('is_transferred is not null') }} as handled,
        {{ count_where('is_transferred') }} as transferred
    from contacts
    group by all
),

tickets_added as (
    select
        {{ month_of('created_on') }} as month_on,
        customer_key,
        count(*) as tickets,
        {{ count_where('is_complaint') }} as complaints,
        {{ count_where('is_resolution_due') }} as resolution_base,
        {{ count_where('is_resolution_due and is_resolved_in_time') }} as resolved,
        {{ count_where('is_solved and is_reopened is not null') }} as reopen_base,
        {{ count_where('is_solved and is_reopened') }} as reopened,
        {{ count_where('is_repeat_due') }} as repeat_base,
        {{ count_where('is_repeat_due and not is_repeated') }} as not_repeated
    from tickets
    where created_on is not null
    group by all
),

answers_added as (
    select
        {{ month_of('responded_on') }} as month_on,
        customer_key,
        sum(n) as answers,
        sum(case when satisfied then n else 0 end) as satisfied
    from answers
    group by all
),

together as (
    {%- for measure, added, base, good in measures %}
        {%- if not loop.first %}
            union all
        {%- endif %}
        select
            {{ customer_row(measure, base, good) }}
        from {{ added }}
        group by month_on
    {%- endfor %}
),

final as (
    select * from together
    where x > 0
)

select * from final
