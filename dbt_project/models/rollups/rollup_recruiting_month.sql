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

-- A source that tells of those who came and of no offer else knows of no refusal: all accepted would be said of it.
telling_of_offers as (
    select source from applications
    where offered_on is not null or offer_state = 'declined'
    group by source
),

decided as (
    select
        {{ month_of('decided_on') }} as month_on,
        {{ known_slices(names=names) }},
        true as is_own,
        count(*) as offers_decided,
        count(*) filter (where offer_state = 'accepted') as offers_accepted
    from applications
    where
        decided_on is not null and offer_state in ('accepted', 'declined')
        and source in (select telling_of_offers.source from telling_of_offers)
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

-- What no export tells of was not counted: no nought stands for it.
told as (
    select
        (select count(*) > 0 from postings) as has_postings,
        (select count(*) > 0 from applications) as has_applications,
        (select count(*) > 0 from telling_of_offers) as has_offers,
        (
            select count(*) > 0 from applications
            where offer_state = 'accepted' or started_on is not null
        ) as has_hires,
        (select count(*) > 0 from fills) as has_fills
),

added as (
    select
        month_on,
        {{ slices(names=names) }},
        is_own,
        sum(openings) as openings,
        sum(postings) as postings,
        sum(applications) as applications,
        sum(applicants) as applicants,
        sum(applicants_first) as applicants_first,
        sum(offers_made) as offers_made,
        sum(offers_decided) as offers_decided,
        sum(offers_accepted) as offers_accepted,
        sum(filled) as filled,
        sum(still_open) as still_open,
        sum(hires_started) as hires_started
    from together
    group by all
),

counted as (
    select
        added.month_on,
        {{ slices(names=names) }},
        added.is_own,
        case when told.has_postings then cast(coalesce(added.openings, 0) as bigint) end as openings,
        case when told.has_postings then cast(coalesce(added.postings, 0) as bigint) end as postings,
        case when told.has_applications then cast(coalesce(added.applications, 0) as bigint) end as applications,
        case when told.has_applications then cast(coalesce(added.applicants, 0) as bigint) end as applicants,
        case
            when told.has_applications then cast(coalesce(added.applicants_first, 0) as bigint)
        end as applicants_first,
        case when told.has_offers then cast(coalesce(added.offers_made, 0) as bigint) end as offers_made,
        case when told.has_offers then cast(coalesce(added.offers_decided, 0) as bigint) end as offers_decided,
        case when told.has_offers then cast(coalesce(added.offers_accepted, 0) as bigint) end as offers_accepted,
        case when told.has_fills then cast(coalesce(added.filled, 0) as bigint) end as filled,
        case when told.has_fills then cast(coalesce(added.still_open, 0) as bigint) end as still_open,
        case when told.has_hires then cast(coalesce(added.hires_started, 0) as bigint) end as hires_started
    from added
    cross join told
)

select * from counted
