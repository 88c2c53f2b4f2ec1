-- Grain: one row per month and slice: complaints of a known topic, and of these the ones whose topic's name has a word
-- of the theme 'price'.
{%- set names = ['source', 'channel', 'team', 'region', 'segment'] %}
with

complaints as (
    select * from {{ ref('rollup_tickets_created_month') }}
    where complaints > 0 and topic <> 'unknown'
),

themes as (
    select replace(lower(words), '|', ',') as listed_words
    from {{ source('config', 'topic_themes') }}
    where theme = 'price'
),

split_words as (
    select {{ each_of(parts_of('listed_words')) }} as word
    from themes
),

words as (
    select trim(word) as word
    from split_words
    where trim(word) <> ''
),

topics as (
    select distinct topic
    from complaints
),

price_topics as (
    select distinct topics.topic
    from topics
    inner join words on lower(topics.topic) like '%' || words.word || '%'
),

added as (
    select
        complaints.month_on,
        {{ slices('complaints', names) }},
        {{ sum_of('complaints.complaints', 'bigint') }} as complaints,
        cast(coalesce(sum(complaints.complaints) filter (where price_topics.topic is not null), 0) as bigint)
            as price_complaints
    from complaints
    -- Complaints about anything else count as well.
    left join price_topics on complaints.topic = price_topics.topic
    group by all
)

select * from added
