-- Grain: one row per kind of posting (own or of the market), requirement and value: how many postings of the last
-- twelve months ask for it.
with

postings as (
    select
        source,
        posting_id,
        is_own,
        role_type,
        education,
        experience_years,
        languages,
        skills,
        coalesce(posted_on, opened_on) as published_on
    from {{ ref('stg_job_postings') }}
    where coalesce(status, 'open') <> 'draft' and coalesce(posted_on, opened_on) is not null
),

dated as (
    select
        *,
        max(published_on) over (partition by is_own) as until_on
    from postings
),

recent as (
    select * from dated
    where published_on > {{ add_days('until_on', -365) }}
),

listed as (
    select
        source,
        posting_id,
        is_own,
        until_on,
        'education' as requirement,
        education as value
    from recent
    union all
    select
        source,
        posting_id,
        is_own,
        until_on,
        'experience' as requirement,
        case
            when experience_years < 1 then 'none'
            when experience_years < 3 then '1 to 2 years'
            when experience_years < 5 then '3 to 4 years'
            when experience_years >= 5 then '5 years and more'
        end as value
    from recent
    union all
    select
        source,
        posting_id,
        is_own,
        until_on,
        'language' as requirement,
        {{ each_of(parts_of('languages')) }} as value
    from recent
    where languages is not null
    union all
    select
        source,
        posting_id,
        is_own,
        until_on,
        'skill' as requirement,
        {{ each_of(parts_of('skills')) }} as value
    from recent
    where skills is not null
),

asked as (
    select
        source,
        posting_id,
        is_own,
        until_on,
        requirement,
        lower(trim(value)) as value
    from listed
),

-- A posting that names a skill twice asks for it once.
once as (
    select distinct * from asked
    -- An empty field states no requirement; 'none' states that none is asked for.
    where value <> ''
),

stated as (
    select
        is_own,
        requirement,
        count(distinct source || '/' || posting_id) as postings_stating
    from once
    group by is_own, requirement
),

counted as (
    select
        once.is_own,
        once.requirement,
        once.value,
        max(once.until_on) as until_on,
        cast(count(*) as bigint) as postings,
        cast(max(stated.postings_stating) as bigint) as postings_stating
    from once
    inner join stated on once.is_own = stated.is_own and once.requirement = stated.requirement
    group by once.is_own, once.requirement, once.value
),

final as (
    select
        *,
        cast(postings as double) / nullif(postings_stating, 0) as share,
        cast(row_number() over (partition by is_own, requirement order by postings desc, value asc) as bigint) as place
    from counted
)

select * from final
where place <= 50
