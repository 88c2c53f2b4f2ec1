-- Grain: one row per application of a source; candidates by pseudonym.
with

applications as (
    select * from {{ source('raw', 'applications') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        applications.source,
        applications.application_id,
        applications.requisition_id,
        {{ pseudonym('applications.candidate_id') }} as candidate_key,
        applications.applied_at,
        {{ local_day('applications.applied_at', 'sources') }} as applied_on,
        applications.status,
        applications.stage,
        applications.source_channel,
        applications.offered_on,
        coalesce(applications.decided_on, applications.accepted_on) as decided_on,
        coalesce(applications.is_accepted, case when applications.accepted_on is not null then true end) as is_accepted,
        coalesce(applications.accepted_on, case when applications.is_accepted then applications.decided_on end)
            as accepted_on,
        applications.started_on,
        {{ local_day('applications.rejected_at', 'sources') }} as rejected_on,
        applications.rejection_reason,
        {{ pseudonym('applications.agent_id') }} as agent_key,
        {{ as_of('sources') }},
        sources.time_zone
    from applications
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on applications.source = sources.source
)

select * from placed
