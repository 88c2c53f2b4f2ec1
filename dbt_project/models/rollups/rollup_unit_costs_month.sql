-- Grain: one row per month with costs: what was spent by category, in the organisation's currency, and what it bought.
{%- set categories = ['labour', 'technology', 'training', 'recruiting', 'premises'] %}
{%- set named = "'" ~ categories | join("', '") ~ "'" %}
with

organisation as (
    select max(currency) as currency from {{ source('config', 'organisation') }}
),

-- Other currencies stay in rollup_costs_month: nothing here knows a rate.
costs as (
    select costs.*
    from {{ ref('rollup_costs_month') }} as costs
    cross join organisation
    where costs.currency = coalesce(organisation.currency, 'unknown')
),

-- What was never booked is not told: a kind of cost that some other word hides has no share of nought, and without
-- recruiting a hire has no known cost.
booked as (
    select
        {%- for category in categories %}
            bool_or(category = '{{ category }}') as {{ category }},
        {%- endfor %}
        count(*) as bookings
    from costs
),

spent as (
    select
        month_on,
        sum(amount) as amount,
        {%- for category in categories %}
            coalesce(sum(amount) filter (where category = '{{ category }}'), 0) as {{ category }}_amount,
        {%- endfor %}
        sum(amount) filter (where category not in ({{ named }})) as other_amount,
        sum(amount_budgeted) as amount_budgeted,
        sum(budget) as budget
    from costs
    group by month_on
),

handled as (
    select
        month_on,
        sum(handled) as contacts_handled
    from {{ ref('rollup_contacts_month') }}
    group by month_on
),

solved as (
    select
        {{ month_of('solved_on') }} as month_on,
        sum(tickets_solved) as tickets_solved
    from {{ ref('rollup_tickets_solved_day') }}
    group by {{ month_of('solved_on') }}
),

hired as (
    select
        month_on,
        sum(offers_accepted) as hires
    from {{ ref('rollup_recruiting_month') }}
    group by month_on
),

-- Months in which recruiting is told of: a month without a hire between others had none.
recruiting as (
    select
        min(month_on) as first_on,
        max(month_on) as last_on
    from {{ ref('rollup_recruiting_month') }}
),

gone as (
    select
        month_on,
        sum(leavers) as leavers
    from {{ ref('rollup_headcount_month') }}
    group by month_on
),

final as (
    select
        spent.month_on,
        cast(spent.amount as double) as amount,
        {%- for category in categories %}
            cast(case when booked.{{ category }} then spent.{{ category }}_amount end as double)
                as {{ category }}_amount,
        {%- endfor %}
        cast(coalesce(spent.other_amount, 0) as double) as other_amount,
        cast(spent.amount_budgeted as double) as amount_budgeted,
        cast(spent.budget as double) as budget,
        cast(coalesce(handled.contacts_handled, 0) as bigint) as contacts_handled,
        cast(coalesce(solved.tickets_solved, 0) as bigint) as tickets_solved,
        cast(
            case
                when booked.recruiting and spent.month_on between recruiting.first_on and recruiting.last_on
                    then coalesce(hired.hires, 0)
            end as bigint
        ) as hires,
        cast(gone.leavers as bigint) as leavers
    from spent
    cross join booked
    cross join recruiting
    left join handled on spent.month_on = handled.month_on
    left join solved on spent.month_on = solved.month_on
    left join hired on spent.month_on = hired.month_on
    left join gone on spent.month_on = gone.month_on
)

select * from final
