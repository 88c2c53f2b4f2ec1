-- Grain: one row per application, with what it led to and how long that took.
with

applications as (
    select * from {{ ref('stg_applications') }}
),

requisitions as (
    select
        *,
        count(*) over (partition by requisition_id) as of_this_name
    from {{ ref('int_requisitions') }}
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
        cast({{ days_between('requisitions.opened_on', 'applications.accepted_on') }} as bigint) as fill_days,
        cast({{ days_between('applications.applied_on', 'applications.accepted_on') }} as bigint) as hire_days,
        cast({{ days_between('requisitions.opened_on', 'applications.started_on') }} as bigint) as start_days,
        applications.agent_key,
        {{ as_of('applications') }}
    from applications
    -- Left: an application to a requisition that is not there is still an application. Requisitions and applications
    -- often come as two exports, so as two sources: then the one requisition of that name is meant.
    left join requisitions
        on
            applications.requisition_id = requisitions.requisition_id
            and (applications.source = requisitions.source or requisitions.of_this_name = 1)
)

select * from final
