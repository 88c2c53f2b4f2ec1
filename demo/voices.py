"""What customers say beyond a score: paired questions, stated weights, comments.

Everything planted here is told in ``truth.json`` under ``customers``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from demo import loyalty
from demo.company_parts import Company
from demo.exports import Columns, choose
from demo.questionnaires import KANO, SERVQUAL, Asked, answer
from demo.story import LANGUAGES
from demo.topics import TOPICS

# Share of what is explained of the recommendation that each dimension of service quality accounts for.
DRIVERS = {"tangibles": 0.05, "reliability": 0.40, "responsiveness": 0.30, "assurance": 0.10, "empathy": 0.15}
PULL = 0.65
"""Correlation of the recommendation, before it is rounded to a class, with what was seen."""
GAPS = np.array([0.05, 0.45, 0.6, 0.1, 0.2])
POINTS = {"tangibles": 12, "reliability": 32, "responsiveness": 24, "assurance": 16, "empathy": 16}
"""Points out of a hundred that customers give the dimensions themselves."""
# Chance of each answer (1 I like it … 5 I dislike it) with the feature and without it.
KINDS = {
    "attractive": ([0.72, 0.12, 0.12, 0.03, 0.01], [0.02, 0.08, 0.68, 0.20, 0.02]),
    "one-dimensional": ([0.78, 0.12, 0.07, 0.02, 0.01], [0.01, 0.02, 0.07, 0.15, 0.75]),
    "must-be": ([0.07, 0.73, 0.16, 0.03, 0.01], [0.01, 0.02, 0.05, 0.12, 0.80]),
    "indifferent": ([0.06, 0.10, 0.74, 0.08, 0.02], [0.02, 0.06, 0.76, 0.12, 0.04]),
}
_LANGUAGE = {"en": 0, "vi": 1, "zh": 2}
_THEMES = ["price", "time", "service", "product"]
# Per language and theme: three complaints, then two kind words.
_SAID = {
    "en": {
        "price": ["The price is too high for what it is", "I was charged twice on my invoice", "Still no refund"],
        "time": ["I waited too long", "The delivery arrived late again", "On hold for half an hour"],
        "service": ["I had to explain it twice", "Nobody told me what happens next", "My matter is still not solved"],
        "product": ["The app keeps crashing", "The hub loses its connection", "The set-up is too hard"],
        "kind": ["Very helpful, thank you", "Friendly and patient, solved at once"],
    },
    "vi": {
        "price": ["Giá cao quá so với chất lượng", "Hóa đơn bị tính sai", "Vẫn chưa được hoàn tiền"],
        "time": ["Tôi phải chờ quá lâu", "Giao hàng lại trễ", "Đợi máy nửa tiếng"],
        "service": ["Tôi phải giải thích lại hai lần", "Không ai nói cho tôi biết gì", "Vấn đề vẫn chưa giải quyết"],
        "product": ["Ứng dụng bị đóng liên tục", "Thiết bị hay mất kết nối", "Cài đặt quá khó"],
        "kind": ["Nhân viên rất nhiệt tình", "Thân thiện và kiên nhẫn, cảm ơn"],
    },
    "zh": {
        "price": ["价格太贵了", "账单多收了一次费用", "退款还没到"],
        "time": ["等了太久", "包裹又没到", "排队半个小时"],
        "service": ["同样的事解释两次", "没人告诉我进度", "问题还没解决"],
        "product": ["应用总是闪退", "网关经常断线", "设置太难了"],
        "kind": ["客服很有耐心", "态度很热情，谢谢"],
    },
}
# What must not reach a reader: a number, a name with a title.
_PERSONAL = [
    "Please call me back on +49 30 555 0142",
    "Mr Winter was friendly, write to mia@example.com",
    "王先生很有耐心",
    "Xin gọi lại số 0912 345 678",
]
COMMENTS = [text for themes in _SAID.values() for texts in themes.values() for text in texts] + _PERSONAL
_PER_LANGUAGE = 14


def comment_codes(company: Company, rng: np.random.Generator, asked: Asked, about: dict[str, np.ndarray]) -> np.ndarray:
    """Index into ``COMMENTS`` per contact: in the customer's own language or English, on the contact's topic."""
    n = len(asked.number)
    spoken = np.array([_LANGUAGE.get(name, 0) for name in LANGUAGES])[company.customers.language[about["customer"]]]
    theme = np.array([_THEMES.index(topic[1]) for topic in TOPICS])[about["topic"]]
    # Who waited past the promise speaks of time, whatever the contact was about.
    theme = np.where(about["late"] & (rng.random(n) < 0.6), 1, theme)
    bad = theme * 3 + rng.choice(3, n, p=[0.45, 0.33, 0.22])
    code = spoken * _PER_LANGUAGE + np.where(about["good"], 12 + rng.integers(0, 2, n), bad)
    personal = rng.random(n) < 0.01
    return np.where(personal, len(COMMENTS) - len(_PERSONAL) + rng.integers(0, len(_PERSONAL), n), code)


def service_quality(company: Company, month: int, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """What is seen and expected of each dimension (n × 5), and what it does to the recommendation (none when calm)."""
    rng = company.plan.rng("service quality", month)
    base = 5.6 + rng.normal(0, 0.9, (n, 5))
    gap = 0.0 if company.story.calm else GAPS
    seen, expected = base - gap + rng.normal(0, 0.7, (n, 5)), base + rng.normal(0, 0.7, (n, 5))
    rounded = [np.clip(np.round(values), 1, 7) for values in (seen, expected)]
    if company.story.calm:
        return rounded[0], rounded[1], None
    standard = (seen - 5.6 + GAPS) / np.hypot(0.9, 0.7)
    return rounded[0], rounded[1], standard @ np.sqrt([DRIVERS[name] for name in SERVQUAL])


def quality_answers(asked: Asked, seen: np.ndarray, expected: np.ndarray, rng: np.random.Generator) -> list[Columns]:
    """Perception, expectation and points of each dimension."""
    rows, answers = asked.answered, []
    points = np.round(np.array([POINTS[name] for name in SERVQUAL]) * np.exp(rng.normal(0, 0.25, seen.shape)))
    for place in range(len(SERVQUAL)):
        for question, values in ((2, seen), (7, expected), (12, points)):
            answers.append(answer(f"QID{question + place}", asked.kept(), values[rows, place], None))
    return answers


def kano_answers(asked: Asked, rng: np.random.Generator, *, calm: bool) -> list[Columns]:
    """How it is with each feature and without it."""
    n, rows, answers = len(asked.number), asked.answered, []
    for place, (_, kind) in enumerate(KANO):
        chances = KINDS["indifferent" if calm else kind]
        for side in (0, 1):
            values = 1 + rng.choice(5, n, p=chances[side])
            answers.append(answer(f"QID{17 + 2 * place + side}", asked.kept(), values[rows], None))
    return answers


def truth(company: Company) -> dict[str, Any]:
    """What was planted."""
    calm = company.story.calm
    return {
        "drivers": {} if calm else {"outcome": "nps", "shares": DRIVERS},
        "gaps": dict.fromkeys(SERVQUAL, 0.0) if calm else dict(zip(SERVQUAL, (-GAPS).tolist(), strict=True)),
        "stated_weights": POINTS,
        "kano": {name: "indifferent" if calm else kind for name, kind in KANO},
        "loyalty": {"retention": 0.0 if calm else loyalty.CHURN, "repeat": 0.0 if calm else loyalty.PURCHASE},
        "segments": {"longer_lived": [] if calm else ["Small business", "Enterprise"]},
        "fixes": [] if calm else [{"topic": "Invoice question", "fixed_on": "2026-07-01", "effect": "complaints fall"}],
    }  # fmt: skip


FIXES = """topic,fixed_on,what,owner
Invoice question,2026-07-01,Each line of the invoice is explained in words,Customer care manager
"""


def texts(codes: np.ndarray) -> pa.Array:
    """The comments of these codes."""
    return choose(COMMENTS, codes)
