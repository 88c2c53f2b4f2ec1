"""What `swotlight.yml` may say, and how it is told when it says something else."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from warehouse.errors import SwotlightError
from warehouse.settings import load_settings
from warehouse.settings_file import valid_keys
from warehouse.workspace import init_workspace


def complaint(tmp_path: Path, text: str) -> SwotlightError:
    (tmp_path / "swotlight.yml").write_text(text, "utf-8")
    with pytest.raises(SwotlightError) as caught:
        load_settings(tmp_path)
    return caught.value


def test_a_misspelt_key_is_named_with_its_line_and_the_nearest_key(tmp_path: Path) -> None:
    error = complaint(tmp_path, "# mine\norganisation:\n  name: Ours\n  tme_zone: UTC\n")
    assert (error.line, error.key, error.hint) == (4, "organisation.tme_zone", "Did you mean 'time_zone'?")
    assert error.file == str(tmp_path / "swotlight.yml")


def test_a_misspelt_key_of_a_source_is_found_inside_the_dict(tmp_path: Path) -> None:
    error = complaint(tmp_path, "sources:\n  helpdesk:\n    adaptor: zendesk\n")
    assert (error.line, error.key, error.hint) == (3, "sources.helpdesk.adaptor", "Did you mean 'adapter'?")


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("organisation:\n  time_zone: Europe/Belin\n", 2, "organisation.time_zone"),
        ("organisation:\n  business_hours:\n    mon: ['17:00-09:00']\n", 3, "organisation.business_hours.mon[0]"),
        ("organisation:\n  holidays:\n  - 2026-02-30\n", 3, "organisation.holidays[0]"),
        ("sources:\n  Help Desk: {}\n", 2, "sources.Help Desk"),
        ("max_quarantine_share: 5\n", 1, "max_quarantine_share"),
        ("schedule:\n  refresh_at: '25:00'\n", 2, "schedule.refresh_at"),
        ("sources: 3\n", 1, "sources"),
        ("organisation: {}\norganisation: {}\n", 2, "organisation"),
    ],
)
def test_a_wrong_value_is_refused_where_it_stands(tmp_path: Path, text: str, line: int, key: str) -> None:
    error = complaint(tmp_path, text)
    assert (error.line, error.key) == (line, key)
    assert f"line {line}" in error.message


def test_the_first_error_of_the_file_is_told_first(tmp_path: Path) -> None:
    assert complaint(tmp_path, "schedule:\n  at: '05:00'\nbogus: 1\n").line == 2


def test_broken_yaml_names_its_line(tmp_path: Path) -> None:
    assert complaint(tmp_path, "organisation:\n  name: 'Ours\n").line is not None


def test_text_that_is_not_utf8_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "swotlight.yml").write_bytes("organisation: {name: Müller}".encode("latin-1"))
    with pytest.raises(SwotlightError, match="UTF-8"):
        load_settings(tmp_path)


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "swotlight.yml").write_text("")
    settings = load_settings(tmp_path)
    assert settings.organisation.time_zone == "UTC"
    assert settings.threshold("chat").answer_within_seconds == 20
    assert settings.max_quarantine_share == 0.05


def test_an_unquoted_time_of_day_is_understood(tmp_path: Path) -> None:
    (tmp_path / "swotlight.yml").write_text("schedule: {refresh_at: 12:30}\n")
    assert load_settings(tmp_path).schedule.refresh_at == "12:30"


def test_a_source_without_settings_has_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "swotlight.yml").write_text("sources:\n  helpdesk:\n")
    assert load_settings(tmp_path).sources["helpdesk"].files == ["**/*"]


def test_the_default_threshold_serves_channels_without_their_own(tmp_path: Path) -> None:
    text = "thresholds:\n  default: {answer_within_seconds: 30}\n  chat: {answer_within_seconds: 45}\n"
    (tmp_path / "swotlight.yml").write_text(text)
    settings = load_settings(tmp_path)
    assert settings.threshold("voice").answer_within_seconds == 30
    assert settings.threshold("chat").answer_within_seconds == 45


def test_the_template_of_a_new_workspace_says_exactly_the_defaults(tmp_path: Path) -> None:
    made = load_settings(init_workspace(tmp_path / "new")).config
    (tmp_path / "swotlight.yml").write_text("thresholds: {default: {}}\n")
    assert made == load_settings(tmp_path).config


def test_every_key_of_the_settings_is_shown_in_the_template(tmp_path: Path) -> None:
    from warehouse.settings import Config

    text = (init_workspace(tmp_path / "new") / "swotlight.yml").read_text()
    keys = set(valid_keys(Config, ())) - {"access"}
    keys |= {
        name for section in ("organisation", "alerts", "schedule", "engine") for name in valid_keys(Config, (section,))
    }
    keys |= set(valid_keys(Config, ("sources", "x"))) | set(valid_keys(Config, ("thresholds", "x")))
    assert sorted(key for key in keys if f"{key}:" not in text) == []


def test_a_folder_with_other_things_is_not_made_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(SwotlightError, match="other things"):
        init_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_making_a_workspace_again_keeps_settings_and_key(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "ws")
    (workspace / "swotlight.yml").write_text("organisation: {name: Ours}\n")
    key = (workspace / "state" / "pseudonym.key").read_text()
    init_workspace(workspace)
    assert load_settings(workspace).organisation.name == "Ours"
    assert (workspace / "state" / "pseudonym.key").read_text() == key


def test_the_pseudonym_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    key = init_workspace(tmp_path / "ws") / "state" / "pseudonym.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text().strip()) == 64


def test_a_folder_that_is_no_workspace_is_told_how_to_become_one(tmp_path: Path) -> None:
    with pytest.raises(SwotlightError, match="no workspace") as caught:
        load_settings(tmp_path)
    assert caught.value.exit_code == 2
    assert "swotlight init" in (caught.value.hint or "")


def test_the_folders_of_time_zones_are_looked_through_once(tmp_path: Path) -> None:
    (tmp_path / "swotlight.yml").write_text("organisation: {time_zone: Europe/Berlin}\n", "utf-8")
    load_settings(tmp_path)
    with patch("warehouse.settings.available_timezones", side_effect=AssertionError):
        assert load_settings(tmp_path).organisation.time_zone == "Europe/Berlin"
