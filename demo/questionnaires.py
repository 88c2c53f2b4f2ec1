"""The questions of all surveys and the shape in which Qualtrics and the usual connectors write answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from demo.exports import Columns, choose, padded, seconds_text, take

SURVEYS = {"contact": "SV_contact_feedback", "relation": "SV_relationship", "staff": "SV_staffvoice"}
# Number, survey, export tag, wording, selector, options as (value, label).
CSAT = [(1, "Very dissatisfied"), (2, "Dissatisfied"), (3, "Neither"), (4, "Satisfied"), (5, "Very satisfied")]
AGREE = [(k, str(k)) for k in range(1, 8)]
SERVQUAL = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"]
# Features asked about in pairs, and the class each is planted in.
KANO = [
    ("callback", "attractive"),
    ("delivery tracking", "one-dimensional"),
    ("secure payment", "must-be"),
    ("paper invoice", "indifferent"),
]
WITH_OR_WITHOUT = [(1, "I like it"), (2, "I expect it"), (3, "Neutral"), (4, "I can live with it"), (5, "I dislike it")]
FACETS = ["environment", "work content", "pay and benefits", "training", "leadership"]
QUESTIONS = [
    ("QID1", "contact", "CSAT_overall_1", "How satisfied are you with this contact?", "SAVR", CSAT),
    ("QID2", "contact", "CES_effort_1", "The company made it easy for me to solve my matter.", "SAVR", AGREE),
    ("QID3", "contact", "FCR_resolved_1", "Was one contact enough?", "SAVR", [(0, "No"), (1, "Yes")]),
    ("QID4", "contact", "comment", "What should we do better?", "SL", []),
    ("QID1", "relation", "NPS_loyalty_1", "How likely are you to recommend us?", "NPS", []),
    *[
        (f"QID{2 + k}", "relation", f"SERVQUAL_{name}_1_perception", f"How do we do on {name}?", "SAVR", AGREE)
        for k, name in enumerate(SERVQUAL)
    ],
    *[
        (
            f"QID{7 + k}",
            "relation",
            f"SERVQUAL_{name}_1_expectation",
            f"What do you expect of an excellent company on {name}?",
            "SAVR",
            AGREE,
        )
        for k, name in enumerate(SERVQUAL)
    ],
    *[
        (f"QID{12 + k}", "relation", f"SERVQUAL_{name}_1_importance", f"How many of 100 points for {name}?", "CS", [])
        for k, name in enumerate(SERVQUAL)
    ],
    *[
        (
            f"QID{17 + 2 * k + side}",
            "relation",
            f"KANO_{name.replace(' ', '-')}_{word}",
            f"How is it {'with' if word == 'functional' else 'without'} {name}?",
            "SAVR",
            WITH_OR_WITHOUT,
        )
        for k, (name, _) in enumerate(KANO)
        for side, word in enumerate(("functional", "dysfunctional"))
    ],
    ("QID1", "staff", "ENPS_loyalty_1", "How likely are you to recommend us as an employer?", "NPS", []),
    *[
        (f"QID{2 + k}", "staff", f"EMPLOYEE_{name.replace(' ', '-')}_1", f"I am satisfied with {name}.", "SAVR", CSAT)
        for k, name in enumerate(FACETS)
    ],
]
ABOUT = ("customer_id", "contact_id", "channel", "team", "region", "wave")


@dataclass
class Wave:
    """What one survey produced in a month, ready to be written."""

    responses: Columns
    answers: list[Columns]
    embedded: list[Columns]
    invitations: Columns


@dataclass
class Asked:
    """Who was asked in a month, who answered when, and what is known about each."""

    survey: str
    instrument: str
    letter: str
    number: np.ndarray
    invited: np.ndarray
    answered_at: np.ndarray
    answered: np.ndarray
    told: Columns

    @property
    def key(self) -> pa.Array:
        """Numbers of the responses, whether given or not."""
        return padded(f"R_{self.letter}", self.number, 11)

    def kept(self, rows: np.ndarray | None = None) -> pa.Array:
        """Numbers of the responses given, or of the rows wanted."""
        return self.key.filter(pa.array(self.answered if rows is None else rows))

    def wave(self, rng: np.random.Generator, answers: list[Columns], end: int) -> Wave:
        """Everything to be written about it."""
        told = {"k": self.key} | dict(self.told)
        responses = response_rows(self.survey, self.kept(), self.answered_at[self.answered], rng)
        return Wave(
            responses, answers, embedded(take(told, self.answered)), take(self._invitations(), self.invited <= end)
        )

    def _invitations(self) -> Columns:
        zeros = np.zeros(len(self.number), int)
        given = pa.array(self.answered)
        about = {name: self.told.get(name, choose([""], zeros - 1)) for name in ABOUT}
        return {
            "invitation_id": padded(f"I_{self.letter}", self.number, 11),
            "invited_at": seconds_text(self.invited),
            "survey_id": choose([SURVEYS[self.survey]], zeros),
            "instrument": choose([self.instrument], zeros),
            "audience": self.told.get("audience", choose(["customer"], zeros)),
            **about,
            "responded_at": seconds_text(np.where(self.answered, self.answered_at, 0)),
            "response_id": pc.if_else(given, self.key, pa.scalar(None, pa.string())),
        }


def answer(question: str, key: object, value: np.ndarray | None, text: object) -> Columns:
    n = len(key)  # type: ignore[arg-type]
    empty = choose([""], np.full(n, -1))
    return {
        "response_id": key,
        "question_id": choose([question], np.zeros(n, int)),
        "question_option_key": empty,
        "sub_question_key": empty,
        "sub_question_text": empty,
        "loop_id": empty,
        "value": empty if value is None else value.astype(np.int64),
        "text": empty if text is None else text,
    }


def response_rows(survey: str, key: object, finished: np.ndarray, rng: np.random.Generator) -> Columns:
    n = len(finished)
    took = rng.integers(25, 260, n)
    zeros = np.zeros(n, int)
    return {
        "id": key,
        "survey_id": choose([SURVEYS[survey]], zeros),
        "distribution_channel": choose(["email"], zeros),
        "duration_in_seconds": took,
        "start_date": seconds_text(finished - took, False),
        "end_date": seconds_text(finished, False),
        "recorded_date": seconds_text(finished, False),
        "last_modified_date": seconds_text(finished, False),
        "finished": choose(["1"], zeros),
        "progress": np.full(n, 100),
        "status": zeros,
        "user_language": choose(["EN"], zeros),
    }


def embedded(columns: Columns) -> list[Columns]:
    """Embedded data: one row per response and key."""
    n = len(columns["k"])
    zeros = np.zeros(n, int)
    return [
        {
            "import_id": choose([name], zeros),
            "key": choose([name], zeros),
            "response_id": columns["k"],
            "value": values.cast("string"),
        }
        for name, values in columns.items()
        if name != "k"
    ]


def question_rows() -> tuple[Columns, Columns]:
    """The questions of all surveys, and their options."""
    questions = {
        "id": [q[0] for q in QUESTIONS],
        "survey_id": [SURVEYS[q[1]] for q in QUESTIONS],
        "_fivetran_deleted": ["false"] * len(QUESTIONS),
        "data_export_tag": [q[2] for q in QUESTIONS],
        "question_text": [q[3] for q in QUESTIONS],
        "question_type": ["TE" if q[4] == "SL" else "MC" for q in QUESTIONS],
        "selector": [q[4] for q in QUESTIONS],
    }
    options = [
        (str(k), q[0], SURVEYS[q[1]], "false", value, label)
        for q in QUESTIONS
        for k, (value, label) in enumerate(q[5], 1)
    ]
    names = ["key", "question_id", "survey_id", "_fivetran_deleted", "recode_value", "text"]
    return questions, {name: [row[k] for row in options] for k, name in enumerate(names)}
