-- Grain: one row per invitation.
with

survey_invitations as (
    select * from {{ source('raw', 'survey_invitations') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        survey_invitations.source,
        survey_invitations.invitation_id,
        survey_invitations.invited_at,
        survey_invitations.survey_id,
        coalesce(survey_invitations.instrument, 'other') as instrument,
        coalesce(survey_invitations.audience, 'customer') as audience,
        survey_invitations.wave,
        survey_invitations.customer_id,
        survey_invitations.ticket_id,
        survey_invitations.contact_id,
        survey_invitations.channel,
        survey_invitations.team,
        survey_invitations.region,
        survey_invitations.opened_at,
        survey_invitations.responded_at,
        survey_invitations.response_id,
        {{ local_day('survey_invitations.invited_at', 'sources') }} as invited_on,
        {{ as_of('sources') }},
        sources.time_zone
    from survey_invitations
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on survey_invitations.source = sources.source
)

select * from placed
