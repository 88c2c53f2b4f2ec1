-- Grain: one row per answer of a customer to an item. Employees' answers are never here; comments and quasi-
-- identifiers neither.
with

answers as (
    select * from {{ ref('int_survey_answers') }}
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
        wave,
        {{ slices(names=['channel', 'team', 'region', 'topic', 'segment']) }},
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
        satisfied,
        recommendation,
        {{ as_of() }}
    from answers
    where audience = 'customer'
)

select * from final
