-- Grain: one row per own requisition: its postings taken together, its openings counted once.
with

postings as (
    select
        *,
        coalesce(requisition_id, posting_id) as requisition_or_posting_id,
        coalesce(opened_on, posted_on) as began_on
    from {{ ref('stg_job_postings') }}
    where is_own and coalesce(status, 'open') <> 'draft'
),

accepted as (
    select
        source,
        requisition_id,
        count(*) as accepted
    from {{ ref('stg_applications') }}
    where accepted_on is not null
    group by source, requisition_id
),

requisitions as (
    select
        source,
        requisition_or_posting_id as requisition_id,
        min(began_on) as opened_on,
        max(openings) as openings,
        count(*) as postings,
        max(filled_on) as filled_on,
        bool_or(status = 'filled') as is_filled,
        bool_and(coalesce(status in ('closed', 'filled'), false) or closed_on is not null) as is_closed,
        max(closed_on) as closed_on,
        max(team) as team,
        max(region) as region,
        max(department) as department,
        max(role_type) as role_type,
        max(level) as level,
        max(tier) as tier,
        max(as_of) as as_of,
        max(time_zone) as time_zone
    from postings
    group by source, requisition_or_posting_id
),

joined as (
    select
        requisitions.*,
        coalesce(accepted.accepted, 0) as accepted,
        {{ local_day('requisitions.as_of', 'requisitions') }} as as_of_on
    from requisitions
    left join accepted
        on requisitions.source = accepted.source and requisitions.requisition_id = accepted.requisition_id
)

select * from joined
