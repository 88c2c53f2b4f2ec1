-- Grain: one row per source, with the zone its days belong to and the instant it is judged at.
with

sources as (
    select * from {{ source('ingest', 'sources') }}
),

organisation as (
    select max(time_zone) as time_zone from {{ source('config', 'organisation') }}
),

placed as (
    select
        sources.source,
        sources.adapter,
        sources.kind,
        -- UTC is how instants are written, not where anybody works: days of such a source are the organisation's.
        coalesce(
            case when sources.time_zone not in ('UTC', 'Etc/UTC', 'GMT', 'Etc/GMT', 'Z') then sources.time_zone end,
            organisation.time_zone,
            'UTC'
        ) as time_zone,
        sources.is_archive,
        sources.as_of,
        sources.newest_record_at
    from sources
    cross join organisation
)

select * from placed
