-- Grain: one row per application, with what it led to and how long that took.
with

applications as (
    select * from {{ ref('stg_applications') }}
),

requisitions as (
    select * from {{ ref('int_requisitions') }}
),

final as (
    select
        applications.source,
        applications.application_id,
        applications.requisition_id,
        applications.candidate_key,
        requisitions.team,
        requisitions.region,
        requisitions.department,
        requisitions.role_type,
        requisitions.level,
        requisitions.tier,
        applications.applied_on,
        applications.status,
        applications.stage,
        applications.source_channel,
        applications.offered_on,
        applications.decided_on,
        applications.accepted_on,
        applications.started_on,
        applications.rejected_on,
        -- An offer that nobody has answered yet is in no denominator.
        case
            when applications.is_accepted then 'accepted'
            when applications.decided_on is not null and applications.is_accepted is not null then 'declined'
            when applications.offered_on is not null then 'pending'
        end as offer_state,
        requisitions.opened_on,
        -- A day before the one it is counted from says nothing about how long it took; a check tells of it.
        case
            when applications.accepted_on >= requisitions.opened_on
                then cast({{ days_between('requisitions.opened_on', 'applications.accepted_on') }} as bigint)
        end as fill_days,
        case
            when applications.accepted_on >= applications.applied_on
                then cast({{ days_between('applications.applied_on', 'applications.accepted_on') }} as bigint)
        end as hire_days,
        case
            when applications.started_on >= requisitions.opened_on
                then cast({{ days_between('requisitions.opened_on', 'applications.started_on') }} as bigint)
        end as start_days,
        applications.agent_key,
        {{ as_of('applications') }}
    from applications
    -- Left: an application to a requisition that is not there is still an application. Requisitions and applications
    -- often come as two exports, so as two sources: then the one requisition of that name is meant.
    left join requisitions
        on
            applications.requisition_id = requisitions.requisition_id
            and (applications.source = requisitions.source or requisitions.is_only_of_its_name)
)

select * from final
