-- Grain: one row per local day of invitation, slice, instrument, audience, survey and wave. Employees by team only.
with

invitations as (
    select * from {{ ref('stg_survey_invitations') }}
),

customers as (
    select * from {{ ref('int_customers_current') }}
),

judged as (
    select
        invitations.*,
        case when invitations.audience = 'customer' then coalesce(invitations.region, customers.region) end as place,
        customers.segment,
        {{ add_seconds('invitations.invited_at', var('response_days') ~ ' * 86400') }}
        <= {{ as_of('invitations') }} as is_due,
        invitations.responded_at is not null or invitations.response_id is not null as is_answered
    from invitations
    left join customers on invitations.customer_id = customers.customer_id
),

named as (
    select
        invited_on,
        source,
        channel,
        team,
        place as region,
        cast(null as varchar) as topic,
        segment,
        instrument,
        audience,
        survey_id as survey,
        wave,
        is_due,
        is_answered
    from judged
),

added as (
    select
        invited_on,
        {{ known_slices() }},
        instrument,
        audience,
        coalesce(survey, 'unknown') as survey,
        coalesce(wave, 'unknown') as wave,
        cast(count(*) as bigint) as invitations,
        {{ count_where('is_due') }} as invited,
        {{ count_where('is_due and is_answered') }} as responded,
        {{ count_where('not is_due') }} as response_pending
    from named
    group by all
)

select * from added
