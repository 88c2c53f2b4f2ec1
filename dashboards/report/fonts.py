"""The typefaces of a report: Inter and Source Serif 4 for Latin and Vietnamese, Noto Sans SC for Chinese.

A report carries its fonts, so that it reads the same where none of them is installed.
"""

from __future__ import annotations

from pathlib import Path

from dashboards.assets_build import HAN_FONT, VENDOR, package_file

SANS = "Report Sans"
SERIF = "Report Serif"
HAN = "Noto Sans SC"
_CUT = {(SANS, False): "report-sans.ttf", (SANS, True): "report-bold.ttf", (SERIF, False): "report-serif.ttf"}


def font_file(family: str, *, bold: bool = False) -> Path:
    """The file of a family; a family without a bold weight answers with its only one."""
    if family == HAN:
        return package_file(*HAN_FONT)
    return VENDOR / _CUT.get((family, bold), _CUT[(family, False)])
