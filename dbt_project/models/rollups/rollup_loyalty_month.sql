-- Grain: one row per month of answer, slice and satisfaction class: customers who answered, and who of them stayed or
-- bought again. A register tells only of everybody's latest purchase: the longer ago an answer is, the longer its
-- customer has had to buy. So who bought again is told of answers whose days have only just passed, no others.
with

answers as (
    select * from {{ ref('fct_survey_answers') }}
    where
        instrument = 'csat'
        and role = 'perception'
        and value is not null
        and customer_key is not null
        and scale_max > scale_min
),

customers as (
    select * from {{ ref('int_customers_current') }}
),

-- The day up to which a register knows of purchases: its newest one, for it may be older than what is judged with it.
registers as (
    select
        source,
        least(max(last_purchase_on), max(cast({{ as_of() }} as date))) as purchases_until
    from customers
    where last_purchase_on is not null
    group by source
),

-- A customer counts once a month, with the last thing they said in it.
latest as (
    select
        *,
        {{ month_of('responded_on') }} as month_on,
        (value - scale_min) / nullif(scale_max - scale_min, 0) as placed
    from answers
    qualify row_number() over (
        partition by customer_key, {{ month_of('responded_on') }}
        order by responded_at desc, response_id desc, item_id asc
    ) = 1
),

judged as (
    select
        latest.month_on,
        latest.customer_key,
        latest.source,
        latest.segment,
        latest.region,
        case when placed >= 0.75 then 'satisfied' when placed > 0.25 then 'neutral' else 'dissatisfied' end
            as satisfaction_class,
        {{ add_days('latest.responded_on', var('loyalty_days')) }} <= cast({{ as_of('customers') }} as date) as is_due,
        customers.churned_on is null
        or customers.churned_on > {{ add_days('latest.responded_on', var('loyalty_days')) }} as is_retained,
        -- Where a register knows of nobody's purchase, whether they bought again is not known either.
        registers.purchases_until is not null as is_purchase_known,
        {{ add_days('latest.responded_on', var('loyalty_days')) }} <= registers.purchases_until as is_repeat_due,
        {{ add_days('latest.responded_on', var('loyalty_days') + var('repeat_told_days')) }} > registers.purchases_until
            as is_repeat_told,
        coalesce(customers.last_purchase_on > latest.responded_on, false) as has_bought_again
    from latest
    -- Inner: of who is in no register, nobody knows whether they stayed.
    inner join customers on latest.customer_key = customers.customer_key
    left join registers on customers.source = registers.source
    where customers.churned_on is null or customers.churned_on > latest.responded_on
),

-- The link between satisfaction and loyalty takes each customer once: with their latest answer that is old enough.
numbered as (
    select
        *,
        is_due and row_number() over (partition by customer_key order by is_due desc, month_on desc) = 1 as is_person
    from judged
),

added as (
    select
        month_on,
        {{ known_slices(names=['source', 'segment', 'region']) }},
        satisfaction_class,
        {{ count_where('is_due') }} as customers_due,
        {{ count_where('is_due and is_retained') }} as customers_retained,
        {{ count_where('is_repeat_due and is_repeat_told') }} as repeat_base,
        {{ count_where('is_repeat_due and is_repeat_told and has_bought_again') }} as customers_repeating,
        {{ count_where('not is_repeat_due') }} as repeat_pending,
        {{ count_where('not is_due') }} as loyalty_pending,
        {{ count_where('is_person') }} as people,
        {{ count_where('is_person and is_retained') }} as people_retained,
        {{ count_where('is_person and is_purchase_known') }} as people_with_purchases,
        {{ count_where('is_person and is_purchase_known and has_bought_again') }} as people_repeating
    from numbered
    group by all
)

select * from added
