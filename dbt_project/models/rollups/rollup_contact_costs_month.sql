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

-- Contacts of months without any cost have no cost per contact; they are not free.
months_with_costs as (
    select distinct month_on from own_currency
),

final as (
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
)

select * from final
