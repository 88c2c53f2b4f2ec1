"""The currency of amounts, as their cells, their heading or the lines above it say; a sign of several says nothing."""

from __future__ import annotations

import re

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from warehouse.store import quote_text

_CODES = (
    "AED|ARS|AUD|BGN|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JPY|KES|KRW|KWD|MXN|MYR|NGN|"
    "NOK|NZD|PEN|PHP|PKR|PLN|QAR|RON|RSD|RUB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|UYU|VND|ZAR"
)
# Of ``$``, ``¥`` and ``kr`` several countries have one, so they are told by what stands with them.
_SIGNS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "CA$": "CAD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD",
    "S$": "SGD", "R$": "BRL", "MX$": "MXN", "€": "EUR", "£": "GBP", "₩": "KRW", "₫": "VND", "₹": "INR", "₽": "RUB",
    "₺": "TRY", "₴": "UAH", "₪": "ILS", "zł": "PLN", "Kč": "CZK", "RMB": "CNY", "人民币": "CNY", "元": "CNY",
    "円": "JPY", "원": "KRW", "đồng": "VND", "euros": "EUR", "euro": "EUR",
}  # fmt: skip
_SAID = re.compile(
    rf"(?<![A-Za-z])(?:{_CODES})(?![A-Za-z])|"
    + "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
)
_FOREIGN = re.compile(r"(?:新台|新臺|台|臺|港|日|美|欧|歐)[元圓幣币]")
_NEARLY_ALL = 0.9


def currency_line(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """The currency of a table of costs, where no column of its own has it."""
    line = have.get("amount") or have.get("budget")
    if line is None or "currency" in have or len(line.names) != 1:
        return []
    profile = by_name[line.names[0]]
    told = {value: currency_said(value) for value in profile.counts}
    rows = sum(profile.counts[value] for value, code in told.items() if code)
    codes = sorted({code for code in told.values() if code})
    if profile.filled and rows >= _NEARLY_ALL * profile.filled:
        reason = f"the amounts say so: {', '.join(codes)}"
        if len(codes) == 1:
            return [Line("currency", {"value": codes[0], "type": "text"}, 0.8, reason)]
        return [Line("currency", {"sql": _by_cell(profile, codes), "type": "text"}, 0.7, reason, line.names)]
    for text, where in ((profile.name, "the heading"), (profile.above, "the lines above the headings")):
        if code := currency_said(text):
            return [Line("currency", {"value": code, "type": "text"}, 0.8, f"{where} of the amounts says so")]
    return []


def currency_said(text: str) -> str | None:
    """The one currency that a text names: ``€ 1,000.00``, ``1000 EUR``, ``Betrag in €``, ``金额（元）``."""
    if _FOREIGN.search(text):
        return None
    found = {_SIGNS.get(said, said) for said in _SAID.findall(text)}
    return found.pop() if len(found) == 1 else None


def _by_cell(profile: Profile, codes: list[str]) -> str:
    signs = {code: [code, *(sign for sign, of in _SIGNS.items() if of == code)] for code in codes}
    cell = quoted(profile.name)
    cases = (
        f"when {' or '.join(f'contains({cell}, {quote_text(sign)})' for sign in some)} then {quote_text(code)}"
        for code, some in signs.items()
    )
    return f"case {' '.join(cases)} end"
