"""Makes the fonts, style sheets and scripts that are served locally, from installed packages; nothing is downloaded.

Inter and Source Serif 4 are whole variable fonts (their small subsets lack signs such as ``≤`` and U+202F), packed as
WOFF2. Noto Sans SC, for machines without a Chinese font, is served as its package ships it. Bootstrap's style sheet is
the one that the bootstrap-flask package ships, the chart library what `dashboards.chart_library` keeps of Plotly's own.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from dashboards.chart_library import cut

VENDOR = Path(__file__).parent / "assets" / "vendor"
FONTS = {
    "inter.woff2": ("fontpkg_inter", "files/Inter[opsz,wght].ttf"),
    "source-serif.woff2": ("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf"),
}
# A report carries its fonts: one weight a file, and only the signs that English, Vietnamese and figures need.
REPORT_FONTS = {
    "report-sans.ttf": ("inter.woff2", {"wght": 400, "opsz": 14}),
    "report-bold.ttf": ("inter.woff2", {"wght": 640, "opsz": 14}),
    "report-serif.ttf": ("source-serif.woff2", {"wght": 560, "opsz": 32}),
}
_SIGNS = (
    *((0x20, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x214F)),
    *((0x2190, 0x226F), (0x25A0, 0x25FF)),
)
HAN_FONT = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
SCRIPTS = {"plotly-cut.min.js": ("plotly", "package_data/plotly.min.js")}
PLOTLY = VENDOR / "plotly-cut.min.js"
PACKED_PLOTLY = f"{PLOTLY.name}.br"
STYLES = {"bootstrap.min.css": ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css")}


def package_file(package: str, inside: str) -> Path:
    """The path of a file inside an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The package {package} is not installed; run `make setup` and try again.")
    return Path(next(iter(spec.submodule_search_locations))) / inside


def pack_font(source: Path, target: Path) -> None:
    """Write `source` (TrueType) as WOFF2 to `target`."""
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    font.flavor = "woff2"
    font.save(target)


def cut_font(source: Path, target: Path, axes: dict[str, float]) -> None:
    """Write one instance of the variable font `source` to `target`, with the signs of a report only."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(source)
    subsetter = Subsetter(Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"]))
    subsetter.populate(unicodes=[sign for first, last in _SIGNS for sign in range(first, last + 1)])
    subsetter.subset(font)
    instantiateVariableFont(font, axes).save(target)


def copy_style(source: Path, target: Path) -> None:
    """Copy a style sheet without its source-map line, which would make browsers ask for a file we do not ship."""
    lines = source.read_text(encoding="utf-8").splitlines()
    target.write_text("\n".join(line for line in lines if "sourceMappingURL" not in line) + "\n", encoding="utf-8")


def pack_script(source: Path, target: Path) -> None:
    """Write `source` packed with Brotli: the chart library is too large to pack well in every process."""
    import brotli

    target.write_bytes(brotli.compress(source.read_bytes(), quality=11))


def are_built(target: Path = VENDOR) -> bool:
    """Whether every file is there, as in an installed wheel, where the packages they are made of are not."""
    return all((target / name).exists() for name in (*FONTS, *REPORT_FONTS, *STYLES, *SCRIPTS, PACKED_PLOTLY))


def build_assets(target: Path = VENDOR) -> list[Path]:
    """Make what is missing in `target`; returns the paths of all files there. Safe to call again."""
    target.mkdir(parents=True, exist_ok=True)
    made = []
    cuts = {name: FONTS[whole] for name, (whole, _axes) in REPORT_FONTS.items()}
    for name, inside in {**FONTS, **cuts, **STYLES, **SCRIPTS, PACKED_PLOTLY: SCRIPTS[PLOTLY.name]}.items():
        path = target / name
        made.append(path)
        source = package_file(*inside)
        if path.exists() and path.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target / f".{name}.part"
        if name.endswith(".woff2"):
            pack_font(source, draft)
        elif name in REPORT_FONTS:
            cut_font(source, draft, dict(REPORT_FONTS[name][1]))
        elif name.endswith(".br"):
            pack_script(target / name.removesuffix(".br"), draft)
        elif name in SCRIPTS:
            draft.write_bytes(cut(source.read_bytes()))
        else:
            copy_style(source, draft)
        shutil.move(draft, path)
    return made


if __name__ == "__main__":
    for built in build_assets():
        print(f"{built.name}: {built.stat().st_size:,} bytes")
