-- Grain: one row per posting of a source, own and market ones. The openings of a requisition are counted at its first
-- posting.
with

postings as (
    select * from {{ ref('stg_job_postings') }}
),

requisitions as (
    select * from {{ ref('int_requisitions') }}
),

fills as (
    select
        source,
        requisition_id,
        max(ended_on) filter (where filled > 0) as filled_on,
        sum(filled) as filled,
        sum(censored) as censored
    from {{ ref('int_opening_fills') }}
    group by source, requisition_id
),

numbered as (
    select
        postings.*,
        coalesce(postings.opened_on, postings.posted_on) as began_on,
        coalesce(postings.requisition_id, postings.posting_id) as requisition_or_posting_id,
        row_number() over (
            partition by postings.source, postings.is_own, coalesce(postings.requisition_id, postings.posting_id)
            order by coalesce(postings.posted_on, postings.opened_on) nulls last, postings.posting_id
        ) as posting_number
    from postings
),

final as (
    select
        numbered.source,
        numbered.posting_id,
        numbered.requisition_or_posting_id as requisition_id,
        numbered.is_own,
        numbered.audience,
        numbered.title,
        numbered.employer,
        numbered.department,
        numbered.team,
        numbered.city,
        numbered.region,
        numbered.country,
        numbered.industry,
        numbered.platform,
        numbered.role_type,
        numbered.level,
        numbered.tier,
        numbered.status,
        cast(numbered.openings as bigint) as openings,
        cast(
            case
                when coalesce(numbered.status, 'open') = 'draft' or numbered.posting_number > 1 then 0
                else coalesce(requisitions.openings, numbered.openings)
            end as bigint
        ) as openings_counted,
        numbered.began_on as opened_on,
        numbered.posted_on,
        numbered.closed_on,
        coalesce(numbered.filled_on, fills.filled_on) as filled_on,
        -- Days from opening to the last fill, or as long as it has been open so far.
        case
            when coalesce(fills.filled_on, numbered.closed_on, requisitions.as_of_on) >= requisitions.opened_on
                then cast(
                    {{ days_between(
                        'requisitions.opened_on', 'coalesce(fills.filled_on, numbered.closed_on, requisitions.as_of_on)'
                    ) }} as bigint
                )
        end as days,
        coalesce(fills.censored > 0, numbered.is_own) as is_censored,
        numbered.pay_low,
        numbered.pay_high,
        numbered.pay_period,
        upper(trim(numbered.currency)) as currency,
        -- The middle of the range, full-time by the year, so that an hourly wage and a salary can stand side by side.
        cast(
            {{ annual_pay(
                '(coalesce(numbered.pay_low, numbered.pay_high) + coalesce(numbered.pay_high, numbered.pay_low)) / 2',
                'numbered.pay_period'
            ) }}
            as double
        ) as annual_pay,
        numbered.employment,
        numbered.education,
        numbered.experience_years,
        numbered.is_remote,
        {{ as_of('numbered') }}
    from numbered
    -- Left: postings of the market belong to no requisition of ours.
    left join requisitions
        on
            numbered.is_own
            and numbered.source = requisitions.source
            and numbered.requisition_or_posting_id = requisitions.requisition_id
    left join fills
        on requisitions.source = fills.source and requisitions.requisition_id = fills.requisition_id
)

select * from final
