"""What kind of contact a file is about, where no column says so, and how long it was spoken."""

from __future__ import annotations

import re

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

_VOICE = {"contact", "wait", "talk", "ring", "phone", "speed", "vru", "ivr"}
_VISITORS = re.compile(r"(?i)visitor|transcript|livechat|webchat")
_NAMES = (("chat", "chat"), ("whatsapp", "messaging"), ("messag", "messaging"), ("sms", "sms"), ("call", "voice"))


def channel_line(profiles: list[Profile], named: str) -> list[Line]:
    """The channel of every contact: told by the words of the header, else by the file's name, else a call."""
    said = [set(words(profile.name)) for profile in profiles]
    text = " ".join(profile.name.lower() for profile in profiles)
    if "call" in text or "phone" in text or any(one & _VOICE for one in said):
        channel, sure = ("chat", 0.7) if "chat" in text and "call" not in text else ("voice", 0.7)
    elif "chat" in text or _VISITORS.search(text):
        channel, sure = "chat", 0.7
    else:
        by_name = next((ours for sign, ours in _NAMES if sign in named.lower()), None)
        channel, sure = (by_name, 0.6) if by_name else ("voice", 0.4)
    reason = "no column names a channel; the words of the header or the name of the file do"
    return [Line("channel", {"value": channel, "type": "category"}, sure, reason)]


def talk_by_moments(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """Talk from answer to end, where no column tells how long it was and both are written as ISO instants."""
    if "talk_seconds" in have or not {"answered_at", "ended_at"} <= have.keys():
        return []
    names = [have[column].names[0] for column in ("answered_at", "ended_at") if have[column].names]
    moments = [by_name[name].moments for name in names]
    if len(names) < 2 or any(moment is None or moment.formats() != ["ISO 8601"] for moment in moments):
        return []
    start, end = (f"epoch(try_cast(trim({quoted(name)}) as timestamptz))" for name in names)
    reason = f"from {names[0]} to {names[1]}; no column tells how long it was"
    return [Line("talk_seconds", {"sql": f"cast({end} - {start} as varchar)", "type": "seconds"}, 0.7, reason)]


def transferred_at(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """A contact that has the moment of its transfer was passed on once; one without it was not."""
    if "transfers" in have:
        return []
    moments = [
        p for p in profiles if p.kind in ("instant", "date") and {"transfer", "transferred"} & set(words(p.name))
    ]
    if len(moments) != 1:
        return []
    name = moments[0].name
    sql = f"case when coalesce(trim({quoted(name)}), '') = '' then '0' else '1' end"
    return [Line("transfers", {"sql": sql, "type": "integer"}, 0.7, f"passed on where {name} is filled", (name,))]
