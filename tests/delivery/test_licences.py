"""Whose work is inside: each locked package has its licence, its text can be read, the bill of materials says so."""

import json
import re
import sys
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.desk import licences

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "packaging"))

KEPT = json.loads((TOP / "resources" / "licences" / "third-party.json").read_text("utf-8"))["licences"]
# Of these nothing has to be passed on: public domain, or a dedication to it.
NEEDS_NO_TEXT = {"SQLite", "srgb.icc"}
ON_WINDOWS = {"colorama", "pywin32-ctypes"}


def without_entry(lock: dict[str, str], rows: list[dict[str, str]]) -> set[str]:
    """Locked packages of which no row says this version's licence."""
    return {f"{name} {version}" for name, version in lock.items()} - {
        f"{row['name']} {row['version']}" for row in rows if row["kind"] == "package" and row["licence"]
    }


def test_every_locked_package_has_its_licence() -> None:
    from licences import locked

    assert len(locked()) > 60
    assert not without_entry(locked(), KEPT), "run: python packaging/licences.py collect"


def test_a_package_that_comes_in_or_changes_would_be_missed() -> None:
    from licences import locked

    lock = locked()
    assert without_entry({**lock, "newcomer": "1.0"}, KEPT) == {"newcomer 1.0"}
    assert without_entry({**lock, "lxml": "99"}, KEPT) == {"lxml 99"}


def test_the_list_is_what_is_installed_here() -> None:
    """Licences and where their texts lie, read anew from the packages."""
    from licences import rows

    assert rows() == KEPT


def test_every_text_can_be_read() -> None:
    for row in licences.licences():
        text = licences.text_of(row)
        if row.name in NEEDS_NO_TEXT | ON_WINDOWS:
            continue
        assert len(text) > 300, row.name
        assert not re.search(r"\ufffd", text), row.name


def test_what_a_developer_uses_is_not_shown_as_inside() -> None:
    names = {row.name for row in licences.licences()}
    assert not names & {"pytest", "mypy", "ruff", "hypothesis", "babel"}
    assert {"Qt", "pyside6-essentials", "FandolFang", "srgb.icc", *ON_WINDOWS} <= names


def test_every_font_that_ships_is_accounted_for() -> None:
    """The table in resources/fonts names what each was made from; each of those has its licence here."""
    shipped = {path.name for path in (TOP / "resources" / "fonts").iterdir() if path.suffix in (".ttf", ".otf")}
    told = set(re.findall(r"`([a-z-]+\.(?:ttf|otf))`", (TOP / "resources" / "fonts" / "README.md").read_text("utf-8")))
    assert shipped <= told
    texts = {text for row in licences.licences() if row.kind == "font" for text in row.ours}
    assert texts == {f"fonts/licences/{path.name}" for path in (TOP / "resources" / "fonts" / "licences").iterdir()}


def test_the_gpl_stands_twice_in_the_same_words() -> None:
    own = (TOP / "LICENSE").read_bytes()
    assert (TOP / "resources" / "licences" / "GPL-3.0.txt").read_bytes() == own


def test_the_command_lists_and_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["licences", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["licences"]
    assert {"name": "xlrd", "version": "2.0.2", "licence": "BSD-3-Clause AND BSD-4-Clause", "kind": "package"} in listed
    assert main(["licences", "XLRD", "--json"]) == 0
    assert "Stephen John Machin" in json.loads(capsys.readouterr().out)["text"]
    assert main(["licences", "没有这个"]) == 2
    assert "没有这个" in capsys.readouterr().err


def test_the_bill_of_materials_names_everything_once_and_is_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    from licences import bill, locked

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = bill()
    assert made == bill()
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    references = [row["bom-ref"] for row in made["components"]]
    assert len(references) == len(set(references))
    assert made["dependencies"] == [{"ref": "yuebao", "dependsOn": sorted(references)}]
    packages = {row["name"]: row for row in made["components"] if row.get("purl")}
    assert packages.keys() < locked().keys()
    for row in made["components"]:
        assert row["licenses"][0]["expression"]
    for row in packages.values():
        assert row["purl"] == f"pkg:pypi/{row['name']}@{locked()[row['name']]}"
        assert row["properties"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000001")
    assert bill()["serialNumber"] != made["serialNumber"]
