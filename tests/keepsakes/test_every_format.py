"""A published format without a keepsake of it fails here; so does one that only the program of its time could read."""

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from desktop_app import assets
from desktop_app.cli.main import main
from desktop_app.deadlines.year_file import read_year
from desktop_app.desk.verify_file import verify

HERE = Path(__file__).resolve().parent
SCHEMAS = assets.path("schemas")  # of the program that is tried, wherever it is installed
YEAR = "calendar-1"  # not a document of ours: the file in which a year of days off is typed in


def published() -> dict[str, tuple[str, int]]:
    """Schema's name -> the format and version that its documents state."""
    found = {}
    for file in SCHEMAS.glob("*.schema.json"):
        properties = json.loads(file.read_text("utf-8"))["properties"]
        if "format" in properties:
            found[file.name.removesuffix(".schema.json")] = (
                properties["format"]["const"],
                properties["version"]["const"],
            )
    return found


def kept() -> set[tuple[str, int]]:
    """The formats of which there is a keepsake, as each says of itself."""
    said = (verify(file, sorted(HERE.glob("*.pem"))).data or {} for file in HERE.glob("*.pdf"))
    return {(str(data.get("format")), int(data.get("version", 0))) for data in said}


def without_keepsake(formats: Iterable[tuple[str, int]], held: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """What a release would send out and nobody could prove to be readable later."""
    return set(formats) - held


def test_every_published_format_has_a_keepsake() -> None:
    assert len(published()) >= 5
    held = kept()
    assert not without_keepsake(published().values(), held)
    assert without_keepsake([*published().values(), ("yuebao.report", 2)], held) == {("yuebao.report", 2)}


def test_every_schema_is_one_that_is_looked_at() -> None:
    """A schema's name carries the version that its documents state."""
    names = {file.name.removesuffix(".schema.json") for file in SCHEMAS.glob("*.schema.json")}
    assert names - published().keys() == {YEAR}
    for name, (_format, version) in published().items():
        assert re.fullmatch(rf"[a-z-]+-{version}", name)


def test_a_year_file_of_version_one_is_read(tmp_path: Path) -> None:
    year = read_year((HERE / "year-1.json").read_bytes(), "year-1.json")
    assert (year.year, len(year.holidays)) == (2024, 28)


@pytest.mark.parametrize("name", [f"book-{number}.sqlite" for number in range(1, len(list(HERE.glob("book-*"))) + 1)])
def test_a_book_of_every_version_goes_on_through_commands(name: str, tmp_path: Path, capsys) -> None:
    """Opened by who does not know of versions: its months are told and its journal holds."""
    book = Path(shutil.copy(HERE / name, tmp_path / "kept.yuebao"))
    for words in (["history"], ["journal", "--verify"]):
        assert main([*words, "--book", str(book), "--today", "2023-05-04"]) == 0, capsys.readouterr()


def test_an_older_program_refuses_a_newer_book_and_leaves_it_as_it_is(tmp_path: Path, capsys) -> None:
    """The book of the day after tomorrow, in today's hands: a sentence, what to do, and not a byte changed."""
    import sqlite3

    newest = max(HERE.glob("book-*.sqlite"), key=lambda file: int(file.stem.split("-")[1]))
    book = Path(shutil.copy(newest, tmp_path / "newer.yuebao"))
    opened = sqlite3.connect(book)
    opened.execute("pragma user_version=99")
    opened.commit()
    opened.close()
    before = book.read_bytes()
    for words in (["history"], ["check", "2023-03"], ["undo", "2023-03"]):
        assert main([*words, "--book", str(book)]) in (1, 3)
        said = capsys.readouterr().err
        assert "更新" in said
        assert "Traceback" not in said
    assert book.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["newer.yuebao"]
