-- Grain: one row per agent, as last known, under a pseudonym.
with

agent_periods as (
    select * from {{ ref('int_agent_periods') }}
    where is_latest
),

final as (
    select
        agent_key,
        team,
        region,
        shift,
        role_type,
        level,
        tier,
        fte,
        is_automation,
        employed_from as hired_on,
        employed_to as left_on,
        leaving_kind,
        employed_to is null or employed_to > cast({{ as_of() }} as date) as is_employed,
        cast(
            {{ days_between('employed_from', 'least(employed_to, cast(' ~ as_of() ~ ' as date))') }} as bigint
        )
            as tenure_days
    from agent_periods
)

select * from final
