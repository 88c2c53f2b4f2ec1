"""The SWOT through its commands, over three refreshes: an objective closes by its test, a check takes an item away and
gives it back, and what moved is told with its cause. Three refreshes are dear; everything here is asked of the same."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from swotlight.main import main
from warehouse.settings import package_path

pytestmark = pytest.mark.timeout(1_800)
NEW = "praise"
CHECK = "customers_of_solved_tickets_are_known"
FCR = "fcr_internal"


@dataclass
class Door:
    """A workspace, its three releases (as made, spoilt, mended), and what the commands print."""

    folder: Path
    releases: list[str]

    def ask(self, capsys: pytest.CaptureFixture[str], *words: str, exit_code: int = 0) -> Any:
        """The document a command prints."""
        capsys.readouterr()
        assert main(["--workspace", str(self.folder), *words, "--json"]) == exit_code
        return json.loads(capsys.readouterr().out)


def refreshed(folder: Path) -> str:
    """Refresh and give the new release's name."""
    from orchestration.refresh import refresh
    from warehouse.releases import ReleaseReader
    from warehouse.settings import load_settings

    settings = load_settings(folder)
    refresh(settings)
    return ReleaseReader(settings).current().name


def without_customers(path: Path) -> None:
    """A ticket export in which somebody left the customers out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "requester_id": "", "updated_at": "2026-10-31 22:00:00"} for row in rows)


@pytest.fixture(scope="module")
def door(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Door:
    """Adopt objectives, then spoil the tickets, set another target and add a factor, then mend the tickets and strike
    the factor again."""
    from warehouse.releases import ReleaseReader
    from warehouse.settings import load_settings

    folder = tmp_path_factory.mktemp("door") / "workspace"
    shutil.copytree(workspace, folder, symlinks=True)
    name = ReleaseReader(load_settings(folder)).current().name
    goal = ("--metric", "csat", "--owner", "Customer care manager", "--due", "2027-03-31", "--by", "mia")
    at = ["--workspace", str(folder), "objectives", "add", *goal]
    assert main([*at, "--from", "0.5", "--to", "0.6", "--json"]) == 0
    assert main([*at, "--from", "0.9", "--to", "0.999", "--json"]) == 0
    tickets = sorted((folder / "landing" / "zendesk").glob("tickets_2026*.csv"))
    kept = {path: path.read_bytes() for path in tickets}
    for path in tickets:
        without_customers(path)
    targets = folder / "reference" / "targets.csv"
    header = "metric,entity_dimension,entity,comparison,value,valid_from,valid_to,owner,dimension"
    targets.write_text(f"{header}\ncsat,organisation,,>=,0.99,,,Customer care manager,customer_satisfaction\n", "utf-8")
    factors = folder / "reference" / "swot_factors.csv"
    factors.write_text(catalogue_row(), "utf-8")
    spoilt = refreshed(folder)
    for path, content in kept.items():
        mend(path, content)
    factors.unlink()
    return Door(folder, [name, spoilt, refreshed(folder)])


def catalogue_row() -> str:
    """A factor the shipped catalogue has not: good ratings held to nothing but their target."""
    with (package_path("seeds") / "reference" / "swot_factors.csv").open(encoding="utf-8", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["factor"] == "satisfaction")
    mine = {**row, "factor": NEW, "comparators": "target"}
    return ",".join(mine) + "\n" + ",".join(mine.values()) + "\n"


def mend(path: Path, content: bytes) -> None:
    """The export once more with the customers in it, and newer than the spoilt one."""
    rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "updated_at": "2026-10-31 22:30:00"} for row in rows)


def test_an_objective_closes_when_its_stated_test_passes_and_only_then(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    reached, far = door.ask(capsys, "objectives", "list")
    assert (reached["state"], far["state"]) == ("closed", "open")
    assert reached["is_passed"] and reached["low"] > 0.5 and not far["is_passed"]
    changes = door.ask(capsys, "objectives", "show", "1")["changes"]
    assert [(c["field"], c["by"]) for c in changes] == [("adopted", "mia"), ("state", "refresh")]


def test_a_pair_is_adopted_with_its_owner_and_a_name_nobody_has_is_refused(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = door.ask(capsys, "query", "select pair, owner_role, goal_to from swot.tows order by score desc limit 1")
    if pairs:
        told = door.ask(capsys, "objectives", "adopt", pairs[0]["pair"], "--by", "linh")
        assert (told["owner"], told["goal_to"], told["state"]) == (
            pairs[0]["owner_role"], pytest.approx(pairs[0]["goal_to"]), "open",
        )  # fmt: skip
    refusal = door.ask(capsys, "objectives", "adopt", "SO:nothing:at_all", exit_code=2)
    assert refusal["error"]["code"] == "unknown_pair"


def test_a_failed_check_takes_metric_and_item_away_in_every_command(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    _, spoilt, mended = door.releases
    assert main(["--workspace", str(door.folder), "releases", "rollback", spoilt]) == 0
    try:
        (row,) = door.ask(capsys, "metric", FCR)
        assert (row["value"], row["low"], row["withdrawn_by"]) == (None, None, CHECK)
        document = door.ask(capsys, "swot")
        assert (CHECK, "first_contact_resolution") in {(w["check"], w["factor"]) for w in document["withdrawn"]}
        assert "first_contact_resolution" not in {i["factor"] for i in [*document["items"], *document["watch"]]}
        told = door.ask(capsys, "query", f"select check_name from quality.withdrawn where metric = '{FCR}'")
        assert told == [{"check_name": CHECK}]
        items = door.ask(capsys, "query", f"select distinct quadrant from swot.items where metric = '{FCR}'")
        assert items == [{"quadrant": "withdrawn"}]
    finally:
        assert main(["--workspace", str(door.folder), "releases", "rollback", mended]) == 0


def test_it_comes_back_by_itself(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = door.ask(capsys, "metric", FCR)
    assert row["value"] is not None and row["withdrawn_by"] is None
    document = door.ask(capsys, "swot")
    assert "first_contact_resolution" not in {w["factor"] for w in document["withdrawn"]}


def test_what_moved_between_releases_names_its_cause(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    made, spoilt, _ = door.releases
    moved = {m["factor"]: m for m in door.ask(capsys, "swot", "--against", made)["moved"]}
    assert moved["satisfaction"]["quadrant"] == "weakness" and moved["satisfaction"]["cause"] == "definition"
    back = {m["factor"]: m for m in door.ask(capsys, "swot", "--against", spoilt)["moved"]}
    told = back["first_contact_resolution"]
    assert (told["before_quadrant"], told["cause"]) == ("withdrawn", "data")


def test_a_factor_that_is_new_in_the_catalogue_enters_and_one_that_is_struck_leaves(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    made, spoilt, mended = door.releases
    assert main(["--workspace", str(door.folder), "releases", "rollback", spoilt]) == 0
    try:
        for words in (("swot",), ("swot", "--against", made)):
            (new,) = (m for m in door.ask(capsys, *words)["moved"] if m["factor"] == NEW)
            assert (new["change"], new["cause"], new["quadrant"]) == ("entered", "definition", "weakness")
            assert new["before_quadrant"] is None and new["before_value"] is None and 0 < new["value"] < 0.99
            assert new["before_period"] == "2026-10-01"
    finally:
        assert main(["--workspace", str(door.folder), "releases", "rollback", mended]) == 0
    for words in (("swot",), ("swot", "--against", spoilt)):
        (old,) = (m for m in door.ask(capsys, *words)["moved"] if m["factor"] == NEW)
        assert (old["change"], old["cause"]) == ("gone", "definition")
        assert (old["quadrant"], old["before_quadrant"]) == (None, "weakness")


def test_a_first_release_tells_nothing_as_moved(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    made, _, mended = door.releases
    assert main(["--workspace", str(door.folder), "releases", "rollback", made]) == 0
    try:
        assert door.ask(capsys, "swot")["moved"] == []
    finally:
        assert main(["--workspace", str(door.folder), "releases", "rollback", mended]) == 0


def test_what_moved_between_months_is_the_world(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    moved = door.ask(capsys, "swot", "--against", "2026-04")["moved"]
    judged = [m for m in moved if "insufficient" not in (m["quadrant"], m["before_quadrant"])]
    assert {m["cause"] for m in judged} <= {"world"}, "the same data and definitions judge both months"
    # What one of the months has too few data for is told as that.
    assert {m["cause"] for m in moved if m not in judged} <= {"data"}
    assert door.ask(capsys, "swot", "--against", "2026-10", exit_code=1)["error"]["code"] == "period"
