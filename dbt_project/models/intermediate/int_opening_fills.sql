-- Grain: one row per requisition and day on which openings were filled, or up to which they were seen open (censored).
with

requisitions as (
    select * from {{ ref('int_requisitions') }}
    where opened_on is not null
),

applications as (
    select
        source,
        requisition_id,
        accepted_on,
        count(*) as accepted
    from {{ ref('stg_applications') }}
    where accepted_on is not null
    group by source, requisition_id, accepted_on
),

by_offer as (
    select
        requisitions.source,
        requisitions.requisition_id,
        applications.accepted_on as ended_on,
        applications.accepted as filled,
        0 as censored
    from applications
    -- Inner: who accepted for a requisition that nobody knows filled no known opening. Another source may know it.
    inner join requisitions
        on
            applications.requisition_id = requisitions.requisition_id
            and (applications.source = requisitions.source or requisitions.is_only_of_its_name)
),

-- What no known offer filled: by the requisition's own word filled as a whole, or given up, or open still.
left_over as (
    select
        source,
        requisition_id,
        case
            when filled_on is not null then filled_on
            when is_closed and closed_on is not null then least(closed_on, as_of_on)
            else as_of_on
        end as ended_on,
        case
            when
                filled_on is not null or (is_filled and closed_on is not null)
                then greatest(openings - accepted, 0)
            else 0
        end as filled,
        case
            when filled_on is not null or (is_filled and closed_on is not null) then 0 else
                greatest(openings - accepted, 0)
        end as censored
    from requisitions
    where openings > accepted
),

together as (
    select * from by_offer
    union all
    select * from left_over
),

timed as (
    select
        together.source,
        together.requisition_id,
        requisitions.opened_on,
        together.ended_on,
        {{ days_between('requisitions.opened_on', 'together.ended_on') }} as days,
        together.filled,
        together.censored,
        requisitions.is_closed,
        requisitions.team,
        requisitions.region,
        requisitions.department,
        requisitions.role_type,
        requisitions.level,
        requisitions.tier
    from together
    inner join requisitions
        on together.source = requisitions.source and together.requisition_id = requisitions.requisition_id
    -- A day before the requisition was opened says nothing about how long it took.
    where together.ended_on >= requisitions.opened_on
)

select * from timed
