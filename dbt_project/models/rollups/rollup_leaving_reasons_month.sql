-- Grain: one row per month in which at least five people left for a reason that can be told: how many of them named
-- something that the organisation could have changed. Fewer are not told, not even together with other months' rows.
{%- set within_reach = [
    'pay', 'salary', 'wage', 'compensation', 'benefit', 'shift', 'schedule', 'working hours', 'workload', 'overtime',
    'stress', 'burnout', 'manager', 'management', 'supervisor', 'leadership', 'career', 'advancement', 'promotion',
    'development', 'growth', 'training', 'recognition', 'culture', 'environment', 'working conditions', 'job content',
    'gehalt', 'lohn', 'schicht', 'arbeitszeit', 'überlast', 'führung', 'entwicklung', 'arbeitsklima', 'karriere',
    '薪', '工资', '待遇', '福利', '排班', '加班', '压力', '管理', '领导', '发展', '晋升', '环境',
    'lương', 'thu nhập', 'phúc lợi', 'ca làm', 'giờ làm', 'áp lực', 'quản lý', 'thăng tiến', 'phát triển', 'môi trường',
] %}
{%- set out_of_reach = [
    'career change', 'change of career', 'moved', 'moving', 'relocat', 'study', 'studies', 'school', 'education',
    'family', 'personal', 'health', 'illness', 'medical', 'retire', 'pension', 'death', 'deceased', 'end of contract',
    'contract end', 'temporary', 'fixed-term', 'visa', 'performance', 'misconduct', 'redundan', 'umzug', 'studium',
    'familie', 'krankheit', 'rente', 'vertragsende', '搬家', '学习', '学业', '家庭', '健康', '退休', '合同到期',
    '合同期满', 'chuyển nhà', 'du học', 'đi học', 'gia đình', 'sức khỏe', 'nghỉ hưu', 'hết hợp đồng',
] %}
with

leavers as (
    select
        month_on,
        lower(leaving_reason) as reason
    from {{ ref('int_headcount_months') }}
    where is_leaver and leaving_reason is not null
),

judged as (
    select
        month_on,
        case
            -- "Career change" is no lack of a career: what cannot be changed is looked for first.
            when {{ has_word('reason', out_of_reach) }} then 0
            when {{ has_word('reason', within_reach) }} then 1
        end as is_within_reach
    from leavers
),

added as (
    select
        month_on,
        cast(count(is_within_reach) as bigint) as reasons_stated,
        cast(sum(is_within_reach) as bigint) as reasons_within_reach
    from judged
    group by month_on
),

final as (
    select * from added
    where reasons_stated >= {{ var('employee_group_min') }}
)

select * from final
