-- Grain: one row per local day of arrival, source, channel, team and region: the small form most questions need.
with

days as (
    select * from {{ ref('rollup_contacts_day') }}
),

added as (
    select
        arrived_on,
        {{ slices(names=['source', 'channel', 'team', 'region']) }},
        {{ contact_measures_again() }}
    from days
    group by all
)

select * from added
order by arrived_on
