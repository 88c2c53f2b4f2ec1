-- Grain: one row per person of contacts, agent or customer, with the pseudonym.
{{ pseudonyms_of(ref('stg_contacts')) }}
