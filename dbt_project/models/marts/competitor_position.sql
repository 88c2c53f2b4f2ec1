-- Grain: one row per attribute and competitor (and our own): the scores of the last twelve months, beside ours.
with

scores as (
    select
        source,
        subject,
        coalesce(segment, 'all') as attribute,
        coalesce(region, 'all') as region,
        period_on,
        value,
        n,
        standard_error,
        unit,
        max(period_on) over (partition by source) as newest_on
    from {{ ref('fct_market_indicators') }}
    where is_latest and indicator = 'attribute_score' and value is not null
),

-- Waves are put together by the people asked in them; a score without their number or its error stays a bare figure.
added as (
    select
        source,
        subject,
        attribute,
        region,
        max(unit) as unit,
        min(period_on) as since_on,
        max(period_on) as until_on,
        cast(count(*) as bigint) as waves,
        cast(sum(n) as bigint) as n,
        count(*) = count(n) and count(*) = count(standard_error) as is_measured,
        cast(
            case when count(*) = count(n) then sum(value * n) / nullif(sum(n), 0) else avg(value) end as double
        ) as value,
        cast(
            case
                when count(*) = count(n)
                    then sqrt(sum(n * standard_error * n * standard_error)) / nullif(sum(n), 0)
            end as double
        ) as standard_error
    from scores
    where period_on > newest_on - interval 12 month
    group by source, subject, attribute, region
),

ours as (
    select * from added
    where subject = 'us'
),

beside as (
    select
        added.*,
        ours.value as our_value,
        ours.n as our_n,
        case when added.subject <> 'us' then ours.value - added.value end as difference,
        case
            when added.subject <> 'us' and added.is_measured and ours.is_measured
                then sqrt(added.standard_error * added.standard_error + ours.standard_error * ours.standard_error)
        end as difference_error
    from added
    -- Left: where nobody asked about us, the competitors still stand beside each other.
    left join ours
        on added.source = ours.source and added.attribute = ours.attribute and added.region = ours.region
),

final as (
    select
        source,
        subject,
        attribute,
        region,
        unit,
        since_on,
        until_on,
        waves,
        case when is_measured then n end as n,
        value,
        case when is_measured then standard_error end as standard_error,
        our_value,
        our_n,
        cast(difference as double) as difference,
        cast(difference_error as double) as difference_error,
        case
            when subject = 'us' then null
            when difference_error is null then 'insufficient'
            else 'measured'
        end as evidence,
        cast(rank() over (partition by source, attribute, region order by value desc) as bigint) as place,
        -- How alike we are: the competitor nearest to us.
        coalesce(
            subject <> 'us' and row_number() over (
                partition by source, attribute, region order by abs(difference) asc nulls last, subject
            ) = 1 and difference is not null, false
        ) as is_nearest
    from beside
)

select * from final
