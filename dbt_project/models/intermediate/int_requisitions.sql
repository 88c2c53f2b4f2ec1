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

named as (
    select
        *,
        count(*) over (partition by requisition_id) = 1 as is_only_of_its_name
    from requisitions
),

-- Requisitions and applications often come as two exports, so as two sources: then the one requisition of that name is
-- meant.
accepted as (
    select
        named.source,
        named.requisition_id,
        count(*) as accepted
    from {{ ref('stg_applications') }} as applications
    inner join named
        on
            applications.requisition_id = named.requisition_id
            and (applications.source = named.source or named.is_only_of_its_name)
    where applications.accepted_on is not null
    group by named.source, named.requisition_id
),

joined as (
    select
        named.*,
        coalesce(accepted.accepted, 0) as accepted,
        {{ local_day('named.as_of', 'named') }} as as_of_on
    from named
    -- Left: a requisition that nobody has accepted yet.
    left join accepted
        on named.source = accepted.source and named.requisition_id = accepted.requisition_id
)

select * from joined
