-- Grain: one row per application and stage it entered, with how it left the stage.
{{ config(materialized='view', schema='intermediate', contract={'enforced': false}) }}
with

stages as (
    select * from {{ ref('stg_application_stages') }}
    where entered_on is not null
),

applications as (
    select * from {{ ref('fct_applications') }}
),

-- Some systems write the end of an application as if it were a stage.
entered as (
    select
        source,
        application_id,
        stage,
        min(entered_at) as entered_at,
        min(entered_on) as entered_on,
        max(case outcome when 'rejected' then 'rejected' when 'withdrawn' then 'withdrawn' end) as said
    from stages
    where lower(stage) not in ('hired', 'rejected', 'withdrawn', 'active')
    group by source, application_id, stage
),

ends as (
    select
        source,
        application_id,
        bool_or(lower(stage) = 'hired') as is_hired,
        bool_or(lower(stage) = 'rejected') as is_rejected,
        bool_or(lower(stage) = 'withdrawn') as is_withdrawn
    from stages
    group by source, application_id
),

numbered as (
    select
        *,
        row_number() over (partition by source, application_id order by entered_at, stage) as step
    from entered
),

-- Nobody writes the order of the stages down: it is the order in which applications usually enter them.
stage_order as (
    select
        source,
        stage,
        cast(row_number() over (partition by source order by avg(step), stage) as integer) as position
    from numbered
    group by source, stage
),

placed as (
    select
        numbered.source,
        numbered.application_id,
        numbered.stage,
        stage_order.position,
        numbered.entered_on,
        numbered.said,
        max(stage_order.position) over (partition by numbered.source, numbered.application_id) as furthest
    from numbered
    inner join stage_order on numbered.source = stage_order.source and numbered.stage = stage_order.stage
),

judged as (
    select
        placed.*,
        case
            when placed.furthest > placed.position then 'passed'
            when coalesce(ends.is_hired, false) or applications.status = 'hired' or applications.accepted_on is not null
                then 'passed'
            when
                coalesce(ends.is_rejected, false) or applications.status = 'rejected' or placed.said = 'rejected'
                then 'rejected'
            when
                coalesce(ends.is_withdrawn, false) or applications.status = 'withdrawn' or placed.said = 'withdrawn'
                then 'withdrawn'
            else 'in it'
        end as outcome,
        applications.source_channel,
        applications.team,
        applications.region,
        applications.role_type,
        applications.level,
        applications.tier
    from placed
    -- Left: a history without its application is still a history.
    left join applications
        on placed.source = applications.source and placed.application_id = applications.application_id
    left join ends on placed.source = ends.source and placed.application_id = ends.application_id
)

select * from judged
