-- Grain: one row per local day and slice in which tickets were open or moved. Open at the end of a day is a state: add
-- it over slices, never over days.
with

flows as (
    select * from {{ ref('int_backlog_flows') }}
),

sources as (
    select source, {{ local_day(as_of()) }} as as_of_on from {{ ref('stg_sources') }}
),

days as (
    select
        stepped_on,
        {{ known_slices() }},
        {{ count_where("flow = 'created'") }} as created,
        {{ count_where("flow = 'reopened'") }} as reopened,
        {{ count_where("flow = 'solved'") }} as solved,
        {{ count_where("flow = 'deleted'") }} as deleted
    from flows
    group by all
),

running as (
    select
        *,
        cast(sum(created + reopened - solved - deleted) over slice_days as bigint) as open_at_end,
        lead(stepped_on) over slice_days as next_on
    from days
    window slice_days as (partition by source, channel, team, region, topic, segment order by stepped_on)
),

-- Days without movement are written only while something is open, up to the day the source is judged at.
standing as (
    select
        running.*,
        case
            when running.open_at_end = 0 then running.stepped_on
            else greatest(
                running.stepped_on,
                coalesce({{ add_days('running.next_on', -1) }}, sources.as_of_on, running.stepped_on)
            )
        end as stands_until
    from running
    left join sources on running.source = sources.source
),

daily as (
    select
        cast({{ days_from_to('stepped_on', 'stands_until') }} as date) as day_on,
        *
    from standing
),

-- Only the first day of such a run saw the movement.
moved as (
    select
        day_on,
        {{ slices() }},
        case when day_on = stepped_on then created else 0 end as created,
        case when day_on = stepped_on then reopened else 0 end as reopened,
        case when day_on = stepped_on then solved else 0 end as solved,
        case when day_on = stepped_on then deleted else 0 end as deleted,
        open_at_end
    from daily
),

final as (
    select
        day_on,
        {{ slices() }},
        cast(open_at_end - created - reopened + solved + deleted as bigint) as opened_before,
        cast(created as bigint) as created,
        cast(reopened as bigint) as reopened,
        cast(solved as bigint) as solved,
        cast(deleted as bigint) as deleted,
        open_at_end
    from moved
)

select * from final
