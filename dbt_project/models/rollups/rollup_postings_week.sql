-- Grain: one row per week of publication and slice of postings, own and of the market; pay by the year, full-time.
{%- set names = [
    'source', 'city', 'region', 'country', 'industry', 'platform', 'role_type', 'level', 'tier', 'currency'
] %}
with

postings as (
    select
        *,
        coalesce(posted_on, opened_on) as published_on
    from {{ ref('fct_postings') }}
    where coalesce(status, 'open') <> 'draft' and coalesce(posted_on, opened_on) is not null
),

added as (
    select
        {{ add_days('published_on', '1 - ' ~ iso_weekday('published_on')) }} as week_on,
        is_own,
        {{ known_slices(names=names) }},
        cast(count(*) as bigint) as postings,
        {{ sum_of('openings_counted', 'bigint') }} as openings,
        {{ sum_of('annual_pay') }} as annual_pay,
        {{ sum_of('annual_pay * annual_pay') }} as annual_pay_sq,
        cast(count(annual_pay) as bigint) as annual_pay_base,
        {{ count_where('is_remote') }} as remote,
        cast(count(is_remote) as bigint) as remote_base
    from postings
    group by all
)

select * from added
