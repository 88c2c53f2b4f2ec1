"""``python -m ingestion.words_ahead``: set-up takes a recogniser's words apart, once for every `swotlight inspect`."""

from __future__ import annotations

from ingestion.inspection import languages, lexicon_parsing, romance, words


def main() -> None:
    """Keep them beside the words, where they are not kept already."""
    if not lexicon_parsing.kept():
        lexicon_parsing.keep(words.parts() | {"languages": languages.content(), "romance": romance.content()})


if __name__ == "__main__":
    main()
