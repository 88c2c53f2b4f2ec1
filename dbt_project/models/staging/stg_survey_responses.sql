-- Grain: one row per respondent, item and role; comments and quasi-identifiers stay in raw.
with

survey_responses as (
    select * from {{ source('raw', 'survey_responses') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        survey_responses.source,
        survey_responses.response_id,
        survey_responses.item_id,
        coalesce(survey_responses.role, 'perception') as role,
        survey_responses.survey_id,
        coalesce(survey_responses.instrument, 'other') as instrument,
        survey_responses.dimension,
        survey_responses.item_text,
        coalesce(
            survey_responses.audience,
            case when survey_responses.instrument in ('enps', 'employee') then 'employee' else 'customer' end
        ) as audience,
        survey_responses.responded_at,
        survey_responses.wave,
        survey_responses.value,
        -- What was asked and not answered says why, so that not applicable is never taken for a blank.
        case
            when survey_responses.value is not null then 'valid'
            when survey_responses.no_answer is not null then survey_responses.no_answer
            when survey_responses.comment is not null then 'text'
            else 'blank'
        end as answer_state,
        survey_responses.scale_min,
        survey_responses.scale_max,
        coalesce(survey_responses.n, 1) as n,
        coalesce(survey_responses.weight, 1) as weight,
        {{ pseudonym('survey_responses.respondent_id') }} as respondent_key,
        survey_responses.customer_id,
        {{ pseudonym('survey_responses.customer_id') }} as customer_key,
        {{ pseudonym('survey_responses.agent_id') }} as agent_key,
        survey_responses.ticket_id,
        survey_responses.contact_id,
        survey_responses.channel,
        survey_responses.team,
        survey_responses.region,
        survey_responses.topic,
        {{ local_day('survey_responses.responded_at', 'sources') }} as responded_on,
        {{ as_of('sources') }},
        sources.time_zone
    from survey_responses
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on survey_responses.source = sources.source
)

select * from placed
