"""The page comes with the document, is taken over by Dash without being drawn twice, and the server leaves quietly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.browser.conftest import Visit, free_port

pytestmark = pytest.mark.browser
_COUNT_DRAWINGS = """
window.drawings = 0;
const script = setInterval(() => {
  if (!window.Plotly || window.Plotly.counted) return;
  const draw = window.Plotly.newPlot;
  window.Plotly.newPlot = function () { window.drawings += 1; return draw.apply(this, arguments); };
  window.Plotly.counted = true; clearInterval(script);
}, 0);
"""


def test_the_page_is_in_the_document_before_any_script_has_run(address: str) -> None:
    with urllib.request.urlopen(f"{address}/service-level", timeout=20) as answer:
        document = answer.read().decode("utf-8")
    assert document.index("first-told") < document.index("react-entry-point")
    assert "Service level" in document and "data-chart" in document


def test_no_chart_is_drawn_a_second_time_when_dash_takes_the_page_over(wide: Visit) -> None:
    wide.page.add_init_script(_COUNT_DRAWINGS)
    wide.open("/")
    assert wide.page.locator("[data-first]").count() == 0
    charts = wide.page.locator("[data-chart]").count()
    assert wide.page.locator("[data-chart] .main-svg .scatterlayer").count() >= charts > 0
    assert wide.page.evaluate("window.drawings") <= charts


def test_a_table_behind_a_chart_is_fetched_when_it_is_opened(wide: Visit) -> None:
    wide.open("/")
    panel = wide.page.locator("#trend-table")
    assert panel.inner_html() == ""
    wide.page.click("[aria-controls='trend-table']")
    wide.page.wait_for_selector("#trend-table table")
    assert panel.locator("tbody tr").count() > 3


@pytest.mark.parametrize("seconds", [0.0, 0.4])
def test_ctrl_c_ends_the_server_without_a_word(workspace: Path, seconds: float) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "swotlight.main", "--workspace", str(workspace), "serve", "--port", str(port)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        for _attempt in range(400):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.05)
        time.sleep(seconds)
        os.killpg(server.pid, signal.SIGINT)
        said, _none = server.communicate(timeout=20)
    finally:
        server.kill()
    assert server.returncode == 0
    assert len(said.splitlines()) == 1 and "Swotlight is on" in said, said
