"""What codes of the data are called in words: dimensions, columns of rows, channels, priorities, qualifications.

Names people gave (teams, topics, cities, competitors) stay as they are in the data.
"""

from __future__ import annotations

import re

from dashboards.language import _

_IN_CAPITALS = frozenset(("acd", "crm", "csat", "cti", "hr", "it", "ivr", "nps", "qa", "sla", "wfm"))


def dimension_label(dimension: str) -> str:
    """A dimension's name as people read it."""
    return {
        "agent_key": _("Agent"),
        "audience": _("Audience"),
        "category": _("Category"),
        "channel": _("Channel"),
        "city": _("City"),
        "country": _("Country"),
        "currency": _("Currency"),
        "department": _("Department"),
        "dimension": _("Dimension"),
        "indicator": _("Indicator"),
        "industry": _("Industry"),
        "instrument": _("Instrument"),
        "interval_minutes": _("Length of interval"),
        "is_own": _("Ours"),
        "iso_weekday": _("Weekday"),
        "item_id": _("Item"),
        "level": _("Level"),
        "minute_of_day": _("Time of day"),
        "organisation": _("Organisation"),
        "platform": _("Platform"),
        "priority": _("Priority"),
        "promise": _("Promise"),
        "queue": _("Queue"),
        "region": _("Region"),
        "role_type": _("Kind of role"),
        "satisfaction_class": _("Satisfaction class"),
        "segment": _("Segment"),
        "shift": _("Shift"),
        "source": _("Source"),
        "source_channel": _("Channel of the source"),
        "stage": _("Stage"),
        "subject": _("Subject"),
        "survey": _("Survey"),
        "team": _("Team"),
        "tier": _("Tier"),
        "topic": _("Topic"),
        "wave": _("Wave"),
    }.get(dimension) or dimension.replace("_", " ").capitalize()


def column_label(name: str) -> str:
    """A column of the rows behind a figure; its raw name heads the CSV file."""
    known = {
        "abandoned": _("Abandoned"),
        "answered": _("Answered"),
        "application_id": _("Application"),
        "applied_on": _("Applied on"),
        "arrived_at": _("Arrived"),
        "arrived_on": _("Arrived on"),
        "contact_id": _("Contact"),
        "created_at": _("Created"),
        "customer_key": _("Customer"),
        "first_replied_at": _("First reply"),
        "handling_seconds": _("Handling"),
        "is_answered_in_threshold": _("Answered in time"),
        "offered": _("Offered"),
        "outcome": _("Outcome"),
        "responded_at": _("Responded"),
        "response_id": _("Response"),
        "solved_at": _("Solved"),
        "status": _("Status"),
        "ticket_id": _("Ticket"),
        "value": _("Value"),
        "wait_seconds": _("Wait"),
    }
    return known.get(name) or dimension_label(name)


def shown_value(dimension: str, value: object) -> str:
    """A dimension's value as people read it: codes such as ``live_chat`` in words, names as they are."""
    if value is None or value == "unknown":
        return _("Not recorded")
    text = str(value)
    known = {"channel": _channels, "source_channel": _channels, "priority": _priorities}.get(dimension)
    named = known().get(text) if known else None
    if named:
        return named
    return text.replace("_", " ").capitalize() if re.fullmatch(r"[a-z0-9_]+", text) else text


def _channels() -> dict[str, str]:
    return {
        "voice": _("Voice"),
        "tickets": _("Tickets"),
        "chat": _("Chat"),
        "messaging": _("Messaging"),
        "callback": _("Callback"),
        "email": _("Email"),
        "web": _("Web"),
        "sms": _("SMS"),
        "social": _("Social media"),
        "in_person": _("In person"),
        "other": _("Other"),
        "api": _("API"),
        "phone": _("Phone"),
        "whatsapp": "WhatsApp",
        "bot": _("Bot"),
        "mobile": _("Mobile app"),
        "app": _("App"),
    }


def _priorities() -> dict[str, str]:
    return {"urgent": _("Urgent"), "high": _("High"), "normal": _("Normal"), "low": _("Low")}


def source_words(source: str) -> str:
    """A source's name in words; what is written in capitals in the trade stays so."""
    said = " ".join(word.upper() if word in _IN_CAPITALS else word for word in source.split("_"))
    return said[:1].upper() + said[1:]


def requirement_word(value: str) -> str:
    """What a posting asks for in words: schooling, experience, languages, usual skills; others as they are written."""
    return {
        "none": _("none"),
        "1 to 2 years": _("1 to 2 years"),
        "3 to 4 years": _("3 to 4 years"),
        "5 years and more": _("5 years and more"),
        "crm": _("CRM"),
        "telephony": _("telephony"),
        "troubleshooting": _("troubleshooting"),
        "chat": _("chat"),
        "sales": _("selling"),
        "complaints": _("complaints"),
        "writing": _("writing"),
        "vocational": _("vocational training"),
        "secondary": _("secondary school"),
        "bachelor": _("bachelor’s degree"),
        "master": _("master’s degree"),
        "english": _("English"),
        "german": _("German"),
        "chinese": _("Chinese"),
        "vietnamese": _("Vietnamese"),
        "portuguese": _("Portuguese"),
        "spanish": _("Spanish"),
        "french": _("French"),
    }.get(value, value)
