-- Grain: one row per person of tickets, agent or customer, with the pseudonym.
{{ pseudonyms_of(ref('stg_tickets')) }}
