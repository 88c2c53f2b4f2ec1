"""The one kind of error a user sees: a sentence that says what is wrong, where, and what to do."""

from __future__ import annotations


class SwotlightError(Exception):
    """A refusal the user can act on; commands print it as a sentence or as ``{"error": …}`` and exit with 1."""

    exit_code = 1

    def __init__(
        self,
        message: str,
        *,
        code: str = "error",
        file: str | None = None,
        line: int | None = None,
        key: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.file = file
        self.line = line
        self.key = key
        self.hint = hint

    def to_dict(self) -> dict[str, object]:
        """The ``error`` object of every ``--json`` failure."""
        return {
            "code": self.code,
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "hint": self.hint,
        }


class UsageError(SwotlightError):
    """Wrong usage: an unknown name or option; exits with 2."""

    exit_code = 2
