-- Grain: one row per month, channel and team: costs beside the contacts they paid for. Shared costs are spread by
-- handling time.
with

costs as (
    select * from {{ ref('stg_costs') }}
),

contacts as (
    select * from {{ ref('rollup_contacts_month') }}
),

organisation as (
    select max(currency) as currency from {{ source('config', 'organisation') }}
),

-- Other currencies stay in rollup_costs_month: nothing here knows a rate.
own_currency as (
    select
        costs.month_on,
        costs.channel,
        costs.team,
        sum(costs.amount) as amount
    from costs
    cross join organisation
    where costs.currency is not distinct from organisation.currency
    group by costs.month_on, costs.channel, costs.team
),

handled as (
    select
        month_on,
        channel,
        team,
        sum(handled) as handled,
        sum(handling_seconds) as handling_seconds
    from contacts
    group by month_on, channel, team
),

-- A cost that names its channel or team is spread inside it; one that names neither, over everything of the month.
matched as (
    select
        own_currency.month_on,
        own_currency.channel as cost_channel,
        own_currency.team as cost_team,
        own_currency.amount,
        coalesce(handled.channel, own_currency.channel, 'unknown') as channel,
        coalesce(handled.team, own_currency.team, 'unknown') as team,
        handled.handling_seconds,
        sum(handled.handling_seconds) over (
            partition by own_currency.month_on, own_currency.channel, own_currency.team
        ) as shared_seconds
    from own_currency
    left join handled
        on
            own_currency.month_on = handled.month_on
            and (own_currency.channel is null or own_currency.channel = handled.channel)
            and (own_currency.team is null or own_currency.team = handled.team)
            and handled.handling_seconds > 0
),

spread as (
    select
        month_on,
        channel,
        team,
        case
            when shared_seconds > 0 then amount * coalesce(handling_seconds, 0) / nullif(shared_seconds, 0)
            -- Nothing was handled: the cost is kept where it was booked.
            else amount
        end as amount,
        case when cost_channel is not null then 1 else 0 end as is_direct
    from matched
),

cells as (
    select
        month_on,
        channel,
        team,
        sum(amount) as amount,
        sum(amount) filter (where is_direct = 1) as direct_amount
    from spread
    group by month_on, channel, team
),

-- Contacts of months without any cost have no cost per contact; they are not free. Nor do costs of months of which no
-- contact is told stand beside the contacts of others.
months_with_costs as (
    select month_on from own_currency
    intersect
    select month_on from handled
    where handled > 0
),

kept as (
    select
        coalesce(cells.month_on, handled.month_on) as month_on,
        coalesce(cells.channel, handled.channel) as channel,
        coalesce(cells.team, handled.team) as team,
        cast(coalesce(cells.amount, 0) as double) as amount,
        cast(coalesce(cells.direct_amount, 0) as double) as direct_amount,
        cast(coalesce(handled.handled, 0) as bigint) as handled,
        cast(coalesce(handled.handling_seconds, 0) as double) as handling_seconds
    from cells
    full outer join handled
        on cells.month_on = handled.month_on and cells.channel = handled.channel and cells.team = handled.team
    inner join months_with_costs on coalesce(cells.month_on, handled.month_on) = months_with_costs.month_on
),

-- Beside the same month of the year before, also where a channel or team is new or gone: only whole months compare.
both_years as (
    select
        month_on,
        channel,
        team,
        amount,
        direct_amount,
        handled,
        handling_seconds,
        cast(null as double) as amount_before,
        cast(null as bigint) as handled_before
    from kept
    union all
    select
        cast(kept.month_on + interval 12 month as date) as month_on,
        kept.channel,
        kept.team,
        null as amount,
        null as direct_amount,
        null as handled,
        null as handling_seconds,
        kept.amount as amount_before,
        kept.handled as handled_before
    from kept
    inner join months_with_costs
        on cast(kept.month_on + interval 12 month as date) = months_with_costs.month_on
),

compared as (
    select
        month_on,
        channel,
        team,
        cast(coalesce(sum(amount), 0) as double) as amount,
        cast(coalesce(sum(direct_amount), 0) as double) as direct_amount,
        cast(coalesce(sum(handled), 0) as bigint) as handled,
        cast(coalesce(sum(handling_seconds), 0) as double) as handling_seconds,
        sum(amount_before) as amount_before,
        sum(handled_before) as handled_before,
        bool_or(count(amount_before) > 0) over (partition by month_on) as has_year_before
    from both_years
    group by month_on, channel, team
),

final as (
    select
        month_on,
        channel,
        team,
        amount,
        direct_amount,
        handled,
        handling_seconds,
        case when has_year_before then amount end as amount_compared,
        case when has_year_before then handled end as handled_compared,
        cast(case when has_year_before then coalesce(amount_before, 0) end as double) as amount_before,
        cast(case when has_year_before then coalesce(handled_before, 0) end as bigint) as handled_before
    from compared
)

select * from final
