-- Grain: one row per role of the last 13 weeks of postings, own and of the market, ranked by openings.
with

postings as (
    select
        is_own,
        coalesce(nullif(trim(title), ''), 'untitled') as title,
        role_type,
        level,
        tier,
        openings_counted,
        coalesce(posted_on, opened_on) as published_on
    from {{ ref('fct_postings') }}
    where coalesce(status, 'open') <> 'draft' and coalesce(posted_on, opened_on) is not null
),

-- Own postings and those of the market end on different days.
dated as (
    select
        *,
        {{ days_between('published_on', 'max(published_on) over (partition by is_own)') }} as age_days,
        max(published_on) over (partition by is_own) as until_on
    from postings
),

added as (
    select
        is_own,
        -- One role however it is spelt.
        min(title) as role,
        max(role_type) as role_type,
        max(level) as level,
        max(tier) as tier,
        max(until_on) as until_on,
        {{ count_where('age_days < 91') }} as postings,
        cast(coalesce(sum(openings_counted) filter (where age_days < 91), 0) as bigint) as openings,
        {{ count_where('age_days between 91 and 181') }} as postings_before,
        cast(coalesce(sum(openings_counted) filter (where age_days between 91 and 181), 0) as bigint) as openings_before
    from dated
    group by is_own, lower(title)
),

ranked as (
    select
        *,
        cast(rank() over (partition by is_own order by openings desc, postings desc) as bigint) as place,
        cast(openings as double) / nullif(sum(openings) over (partition by is_own), 0) as share,
        -- Growth from nothing has no per cent.
        cast(openings as double) / nullif(openings_before, 0) - 1 as change
    from added
    where postings > 0
),

final as (
    select * from ranked
    where place <= 200
)

select * from final
