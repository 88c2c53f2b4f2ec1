-- Grain: one row per posting of a source; the text of the requirements stays in raw.
with

job_postings as (
    select * from {{ source('raw', 'job_postings') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        job_postings.source,
        job_postings.posting_id,
        job_postings.requisition_id,
        coalesce(job_postings.is_own, true) as is_own,
        job_postings.audience,
        job_postings.title,
        job_postings.employer,
        job_postings.department,
        job_postings.team,
        job_postings.city,
        job_postings.region,
        job_postings.country,
        job_postings.industry,
        job_postings.platform,
        job_postings.role_type,
        job_postings.level,
        job_postings.tier,
        coalesce(job_postings.openings, 1) as openings,
        job_postings.status,
        job_postings.opened_on,
        job_postings.posted_on,
        job_postings.closed_on,
        job_postings.filled_on,
        job_postings.pay_low,
        job_postings.pay_high,
        job_postings.pay_period,
        job_postings.currency,
        job_postings.employment,
        job_postings.education,
        job_postings.experience_years,
        job_postings.languages,
        job_postings.skills,
        job_postings.is_remote,
        {{ as_of('sources') }},
        sources.time_zone
    from job_postings
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on job_postings.source = sources.source
)

select * from placed
