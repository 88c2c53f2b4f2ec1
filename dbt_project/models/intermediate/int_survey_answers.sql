-- Grain: one row per answer of a respondent to an item, of customers and employees, judged by its scale.
with

answers as (
    select * from {{ ref('stg_survey_responses') }}
),

customers as (
    select * from {{ ref('int_customers_current') }}
),

placed as (
    select
        answers.*,
        coalesce(answers.region, customers.region) as place,
        customers.segment
    from answers
    -- Left: who answers need not be a customer we know.
    left join customers on answers.customer_id = customers.customer_id
),

-- Which answers count as satisfied depends on the scale alone; a mean of several answers counts only where it is a
-- share.
judged as (
    select
        *,
        value is not null as is_valid,
        case
            when value is null then null
            when scale_min = 0 and scale_max = 1 then value * n
            when n > 1 then null
            when scale_max - scale_min = 1 then cast(value = scale_max as integer)
            when scale_min = 1 and scale_max in (5, 7) then cast(value >= scale_max - 1 as integer)
            when scale_min in (0, 1) and scale_max = 10 then cast(value >= 9 as integer)
        end as satisfied,
        -- Only 0 to 10 is an answer to the question of recommending.
        case
            when instrument in ('nps', 'enps') and n = 1 and value between 0 and 10
                then case when value >= 9 then 1 when value >= 7 then 0 else -1 end
        end as recommendation
    from placed
),

final as (
    select
        source,
        response_id,
        item_id,
        role,
        survey_id,
        instrument,
        dimension,
        audience,
        wave,
        channel,
        team,
        place as region,
        topic,
        segment,
        respondent_key,
        customer_key,
        agent_key,
        ticket_id,
        contact_id,
        responded_at,
        responded_on,
        answer_state,
        value,
        scale_min,
        scale_max,
        n,
        weight,
        cast(satisfied as double) as satisfied,
        recommendation,
        {{ as_of() }}
    from judged
)

select * from final
