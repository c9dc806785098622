"""House rules that no linter knows, each with its reason."""

import ast
import json
import re
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "packaging"))

ROOMS = ("desktop_app", "ui")
SOURCES = sorted(path for room in ROOMS for path in (TOP / room).rglob("*.py"))


def test_top_level_holds_what_the_design_card_names() -> None:
    """The card is binding: these, and what git, CI and a licence need."""
    allowed = {"desktop_app", "ui", "resources", "tests", "packaging", "pyproject.toml", "README.md", "CHANGELOG.md",
               "LICENSE", "requirements.lock"}  # fmt: skip
    found = {path.name for path in TOP.iterdir() if not path.name.startswith(".") and path.name != "__pycache__"}
    assert found - {"yuebao-sample", "build", "dist", "pictures"} == allowed


def test_packaging_is_no_package() -> None:
    """With an __init__.py it would shadow the library of that name and break builds."""
    assert not (TOP / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TOP)))
def test_files_read_in_one_sitting(path: Path) -> None:
    """No file over 400 lines, no function over 60."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def test_nothing_is_called_after_nothing() -> None:
    """utils, helpers, common, core and manager say nothing about what is inside."""
    names = {part for path in SOURCES for part in path.relative_to(TOP).with_suffix("").parts}
    assert not names & {"utils", "util", "helpers", "common", "core", "manager", "misc"}


def test_no_fstring_is_translated() -> None:
    """An f-string is filled before it is looked up, so no catalogue can hold it."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_"}:
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{path.name}:{node.lineno}"


def test_lock_has_hashes_and_no_address() -> None:
    """A lock with an address works only where that address is reached."""
    lock = (TOP / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    pinned = re.findall(r"^[a-z0-9-]+==", lock, re.M)
    assert len(pinned) > 40
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_resource_names_are_ascii() -> None:
    """A wheel repacked by an older zip loses files with other names."""
    for path in (TOP / "resources").rglob("*"):
        assert path.name.isascii(), path


def test_samples_say_that_they_are_samples() -> None:
    """Nobody may take invented text for the official plan."""
    for path in (TOP / "resources" / "samples").glob("*.json"):
        assert "非官方文本" in json.loads(path.read_text("utf-8"))["notice"]


def test_readme_begins_with_the_two_commands() -> None:
    """A newcomer types two commands; they stand on top."""
    readme = (TOP / "README.md").read_text("utf-8")
    top = readme[:1500]
    assert "./packaging/run demo" in top
    assert "./packaging/test" in top


def test_english_is_complete() -> None:
    """Every text marked for translation has an English one, with the same named fields."""
    from babel.messages.pofile import read_po
    from translations import texts

    with (TOP / "resources" / "translations" / "en.po").open("rb") as stream:
        english = read_po(stream, locale="en")
    missing, unlike = [], []
    for message in texts():
        if not message.id:
            continue
        known = english.get(message.id)
        if known is None or not known.string:
            missing.append(message.id)
        elif set(re.findall(r"{\w+[^}]*}", str(message.id))) != set(re.findall(r"{\w+[^}]*}", str(known.string))):
            unlike.append(message.id)
    assert not missing
    assert not unlike


def test_none_keeps_its_references() -> None:
    """Some releases of the Qt binding lose a reference of None per call and die within minutes on Python 3.11."""
    from PySide6.QtCore import QObject

    subject = QObject()
    before = sys.getrefcount(None)
    for _round in range(500):
        subject.setObjectName("x")
    assert sys.getrefcount(None) > before - 100
