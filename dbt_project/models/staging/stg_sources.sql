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
        coalesce(sources.time_zone, organisation.time_zone, 'UTC') as time_zone,
        sources.is_archive,
        sources.as_of,
        sources.newest_record_at
    from sources
    cross join organisation
)

select * from placed
