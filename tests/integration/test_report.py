"""`swotlight report` on a real small release: three formats, three languages, opened with other people's readers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dashboards.language import _, speaking
from swotlight.main import main
from tests.unit.schemas.reading import troubles


def title(language: str) -> str:
    """The report's name in a language, as its catalogue has it; never the English one elsewhere."""
    with speaking(language):
        found = _("Board report")
    assert (found == "Board report") is (language == "en")
    return found


def made(workspace: Path, target: Path, *words: str) -> str:
    """Run the command; the path of what it wrote."""
    assert main(["--workspace", str(workspace), "report", "--output", str(target), *words]) == 0
    return str(target)


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_the_paper_has_selectable_text_page_numbers_and_its_fonts(
    workspace: Path, tmp_path: Path, language: str
) -> None:
    from pypdf import PdfReader

    paper = PdfReader(made(workspace, tmp_path / "r.pdf", "--format", "pdf", "--lang", language))
    # Some readers put a null before each Chinese sign; what is selected is the sign.
    texts = [page.extract_text().replace("\x00", "") for page in paper.pages]
    assert title(language) in texts[0].replace("\n", " ")
    assert len(texts) >= 3
    for number, text in enumerate(texts, start=1):
        assert re.search(rf"{number}\D+{len(texts)}", text.splitlines()[-1] + text), f"page {number} has no number"
    fonts = {font for page in paper.pages for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert all("+" in str(font.get_object()["/BaseFont"]) for font in fonts), "a font is not inside the file"


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_the_page_is_one_file_that_asks_nobody_for_anything(workspace: Path, tmp_path: Path, language: str) -> None:
    text = Path(made(workspace, tmp_path / "r.html", "--lang", language)).read_text("utf-8")
    assert f'<html lang="{language}">' in text
    assert title(language) in text
    fetched = re.findall(r'(?:src|href)\s*=\s*"(?!#)([^"]+)"|url\((?!data:|#)([^)]+)\)|@import', text)
    assert fetched == []
    assert text.count("<svg") >= 2
    assert not re.search(r">\s*(nan|None|null)\s*<", text)


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_slides_hold_native_charts_and_tables(workspace: Path, tmp_path: Path, language: str) -> None:
    from pptx import Presentation

    slides = Presentation(made(workspace, tmp_path / "r.pptx", "--format", "pptx", "--lang", language)).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    assert any(shape.has_chart for shape in shapes)
    assert any(shape.has_table for shape in shapes)
    assert any(shape.has_text_frame and title(language) in shape.text_frame.text for shape in shapes)


def test_parts_of_the_report_stand_in_the_order_a_board_reads(workspace: Path, tmp_path: Path) -> None:
    text = Path(made(workspace, tmp_path / "r.html")).read_text("utf-8")
    parts = re.findall(r'<section id="(\w+)">', text)
    wanted = [
        "scorecard", "swot", "chain", "objectives", "staffing", "people", "market", "method", "sources",
    ]  # fmt: skip
    assert [part for part in wanted if part in parts] == parts
    assert {"scorecard", "swot", "method", "sources"} <= set(parts)
    assert text.index("<h1>") < text.index("<section")


def test_the_same_release_gives_the_same_report(workspace: Path, tmp_path: Path) -> None:
    for form in ("html", "pdf"):
        one, two = (Path(made(workspace, tmp_path / f"{k}.{form}", "--format", form)).read_bytes() for k in "ab")
        assert one == two, form


def test_a_period_without_data_is_refused_in_a_sentence(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "r.html"
    target.write_text("the report of last month")
    code = main(["-w", str(workspace), "report", "--period", "1999-01", "-o", str(target), "--json"])
    error = json.loads(capsys.readouterr().out)["error"]
    assert code == 2
    assert "1999-01" in error["message"]
    assert target.read_text() == "the report of last month"


def test_the_document_of_the_command_is_as_written(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["-w", str(workspace), "report", "-o", str(tmp_path / "r.html"), "--json"])
    assert troubles("report", json.loads(capsys.readouterr().out)) == []
