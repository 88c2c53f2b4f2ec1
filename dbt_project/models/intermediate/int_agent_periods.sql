-- Grain: one row per agent of the organisation and period of validity, from the source that knows the agent best.
with

agents as (
    select * from {{ ref('stg_agents') }}
),

sources_by_knowledge as (
    select
        agent_id,
        source,
        row_number() over (
            partition by agent_id
            order by count(hired_on) desc, count(team) desc, count(*) desc, source
        ) as standing
    from agents
    group by agent_id, source
),

-- Several systems list the same person; only one of them may say what the person was when.
periods as (
    select
        agents.*,
        coalesce(agents.valid_from, agents.hired_on, date '1900-01-01') as holds_from,
        coalesce(agents.valid_to, date '9999-12-31') as holds_to
    from agents
    inner join sources_by_knowledge
        on agents.agent_id = sources_by_knowledge.agent_id and agents.source = sources_by_knowledge.source
    where sources_by_knowledge.standing = 1
),

-- A first period that starts late still holds for what came before it: nothing better is known.
numbered as (
    select
        *,
        row_number() over (partition by agent_id order by holds_from) as period_number,
        row_number() over (partition by agent_id order by holds_from desc) as periods_left,
        min(coalesce(hired_on, valid_from)) over (partition by agent_id) as employed_from,
        max(left_on) over (partition by agent_id) as employed_to,
        bool_or(is_bot) over (partition by agent_id) as is_automation
    from periods
)

select
    *,
    case when period_number = 1 then date '1900-01-01' else holds_from end as joined_from,
    periods_left = 1 as is_latest
from numbered
