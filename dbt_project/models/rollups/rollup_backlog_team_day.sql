-- Grain: one row per local day, source, channel, team and region: the small form of the backlog most questions need.
with

days as (
    select * from {{ ref('rollup_backlog_day') }}
),

added as (
    select
        day_on,
        {{ slices(names=['source', 'channel', 'team', 'region']) }},
        cast(sum(opened_before) as bigint) as opened_before,
        cast(sum(created) as bigint) as created,
        cast(sum(reopened) as bigint) as reopened,
        cast(sum(solved) as bigint) as solved,
        cast(sum(deleted) as bigint) as deleted,
        cast(sum(open_at_end) as bigint) as open_at_end
    from days
    group by all
)

select * from added
