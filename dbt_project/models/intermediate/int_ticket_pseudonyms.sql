-- Grain: one row per agent of tickets, with the pseudonym. Not of customers: they have so few tickets each that finding
-- a pseudonym again costs more than making it with the ticket.
{{ pseudonyms_of(ref('stg_tickets'), ('agent',)) }}
