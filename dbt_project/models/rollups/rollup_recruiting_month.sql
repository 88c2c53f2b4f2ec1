-- Grain: one row per month, slice and kind of posting; every measure in the month of its own date.
{%- set names = ['source', 'team', 'region', 'department', 'role_type', 'level', 'tier'] %}
with

postings as (
    select * from {{ ref('fct_postings') }}
),

applications as (
    select
        *,
        row_number() over (partition by candidate_key order by applied_on, source, application_id) as application_number
    from {{ ref('fct_applications') }}
),

fills as (
    select * from {{ ref('int_opening_fills') }}
),

posted as (
    select
        {{ month_of('coalesce(opened_on, posted_on)') }} as month_on,
        {{ known_slices(names=names) }},
        is_own,
        sum(openings_counted) as openings,
        count(*) as postings
    from postings
    where coalesce(status, 'open') <> 'draft' and coalesce(opened_on, posted_on) is not null
    group by all
),

applied as (
    select
        {{ month_of('applied_on') }} as month_on,
        {{ known_slices(names=names) }},
        true as is_own,
        count(*) as applications,
        -- One person may apply several times; without a number each application is its own person.
        count(distinct candidate_key) + count(*) filter (where candidate_key is null) as applicants,
        count(*) filter (where application_number = 1 or candidate_key is null) as applicants_first
    from applications
    where applied_on is not null
    group by all
),

offered as (
    select
        {{ month_of('offered_on') }} as month_on,
        {{ known_slices(names=names) }},
        true as is_own,
        count(*) as offers_made
    from applications
    where offered_on is not null
    group by all
),

decided as (
    select
        {{ month_of('decided_on') }} as month_on,
        {{ known_slices(names=names) }},
        true as is_own,
        count(*) as offers_decided,
        count(*) filter (where offer_state = 'accepted') as offers_accepted
    from applications
    where decided_on is not null and offer_state in ('accepted', 'declined')
    group by all
),

started as (
    select
        {{ month_of('started_on') }} as month_on,
        {{ known_slices(names=names) }},
        true as is_own,
        count(*) as hires_started
    from applications
    where started_on is not null
    group by all
),

filled as (
    select
        {{ month_of('ended_on') }} as month_on,
        {{ known_slices(names=names) }},
        true as is_own,
        sum(filled) as filled
    from fills
    where filled > 0
    group by all
),

still_open as (
    select
        {{ month_of('opened_on') }} as month_on,
        {{ known_slices(names=names) }},
        true as is_own,
        sum(censored) as still_open
    from fills
    where censored > 0 and not is_closed
    group by all
),

together as (
    {%- for part in ['posted', 'applied', 'offered', 'decided', 'started', 'filled', 'still_open'] %}
        select * from {{ part }}
        {{ 'union all by name' if not loop.last }}
    {%- endfor %}
),

added as (
    select
        month_on,
        {{ slices(names=names) }},
        is_own,
        cast(coalesce(sum(openings), 0) as bigint) as openings,
        cast(coalesce(sum(postings), 0) as bigint) as postings,
        cast(coalesce(sum(applications), 0) as bigint) as applications,
        cast(coalesce(sum(applicants), 0) as bigint) as applicants,
        cast(coalesce(sum(applicants_first), 0) as bigint) as applicants_first,
        cast(coalesce(sum(offers_made), 0) as bigint) as offers_made,
        cast(coalesce(sum(offers_decided), 0) as bigint) as offers_decided,
        cast(coalesce(sum(offers_accepted), 0) as bigint) as offers_accepted,
        cast(coalesce(sum(filled), 0) as bigint) as filled,
        cast(coalesce(sum(still_open), 0) as bigint) as still_open,
        cast(coalesce(sum(hires_started), 0) as bigint) as hires_started
    from together
    group by all
)

select * from added
