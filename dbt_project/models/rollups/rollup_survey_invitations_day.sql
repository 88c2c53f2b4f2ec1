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

-- An export of answers alone knows of nobody who stayed silent: all would be said to have answered.
silent as (
    select source from judged
    group by source
    having count(*) < 20 or count(*) > {{ count_where('is_answered') }}
),

named as (
    select
        judged.invited_on,
        judged.source,
        judged.channel,
        team,
        place as region,
        cast(null as varchar) as topic,
        segment,
        instrument,
        audience,
        survey_id as survey,
        wave,
        is_due,
        is_answered,
        silent.source is not null as tells_of_silence
    from judged
    left join silent on judged.source = silent.source
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
        case when bool_and(tells_of_silence) then {{ count_where('is_due') }} end as invited,
        case when bool_and(tells_of_silence) then {{ count_where('is_due and is_answered') }} end as responded,
        case when bool_and(tells_of_silence) then {{ count_where('not is_due') }} end as response_pending
    from named
    group by all
)

select * from added
