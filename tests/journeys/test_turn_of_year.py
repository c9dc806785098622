"""The year's end by command: closed, put away, verified; the next one opened in a new book that compares with it."""

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.desk import keys, take_plan
from desktop_app.desk.month import set_people
from desktop_app.desk.open_book import create
from desktop_app.model.period import Period
from desktop_app.model.report import People, Role
from tests import sample_year
from tests import sample_year_words as words
from tests.desk.test_archive_again import edit, redo_sums
from tests.desk.test_last_year import next_plan

pytestmark = pytest.mark.long

JANUARY = Period(2024, 1)
DAY = ["--today", "2024-02-02"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("turn")
    sample_year.year_book(made)
    return made


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    """The year closed with a reason, and put away."""
    book = ["--book", str(folder / "book.yuebao"), *DAY]
    assert main(["close-year", "2023", *book]) == 1
    assert main(["close-year", "2023", "--reason", "收文方只给部分月份发回执", *book]) == 0
    assert main(["archive", "2023", "--out", str(folder / "archive"), *book]) == 0
    return folder / "archive"


@pytest.fixture(scope="module")
def newer(folder: Path) -> Path:
    """The unit's new book: next year's plan, and January signed."""
    place = folder / "newer"
    desk = create(place / "book.yuebao", sample_year.UNIT, today=date(2024, 2, 2))
    (place / "handed-in").mkdir()
    try:
        sample_year._at(desk, date(2024, 2, 2))
        take_plan.import_plan(desk, next_plan(place / "plan-2024-sample.xlsx"))
        set_people(desk, People(sample_year.PREPARER, "", sample_year.APPROVER, "010-00000000"))
        keys.new_key(desk, sample_year.PREPARER, Role.PREPARER, sample_year.PHRASE, remember=False)
        keys.new_key(desk, sample_year.APPROVER, Role.APPROVER, sample_year.PHRASE, remember=False)
        sample_year._fill(place, desk, JANUARY)
        sample_year._send(place, desk, JANUARY)
    finally:
        desk.close()
    return place / "book.yuebao"


def test_the_archive_is_made_again_from_its_fourteen_reports(
    archive: Path, folder: Path, capsys: pytest.CaptureFixture
) -> None:
    trust = ["--trust", str(folder / "unit.pem"), "--trust", str(folder / "bureau.pem")]
    capsys.readouterr()
    assert main(["archive", "--verify", str(archive), *trust, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["valid"], said["trusted"], said["problems"], said["notes"]) == (True, True, [], [])
    assert len(said["reports"]) == 14


def test_a_new_book_compares_with_the_archive(
    archive: Path, folder: Path, newer: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    book = ["--book", str(newer), *DAY]
    capsys.readouterr()
    assert main(["year", "2024", "--json", *book]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["compared"], found["last_archive"]) == (None, None)
    altered = Path(shutil.copytree(archive, tmp_path / "altered"))
    edit(altered / "index.html", "2023-12", "2023-11")
    redo_sums(altered)
    assert main(["year", "2024", "--last", str(altered), *book]) == 1
    assert "没有通过核对，没有采用" in capsys.readouterr().err
    trust = ["--trust", str(folder / "unit.pem"), "--trust", str(folder / "bureau.pem")]
    assert main(["year", "2024", "--last", str(archive), *trust, "--json", *book]) == 0
    capsys.readouterr()
    shutil.rmtree(archive)  # the stick is gone: what was read of it stays
    assert main(["year", "2024", "--out", str(tmp_path / "year.xlsx"), "--json", *book]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["compared"], found["last_archive"]["trusted"]) == (len(words.AMOUNTS), True)
    for task in found["tasks"]:
        was, totals = task["last_year"], words.totals(task["id"])
        assert (Decimal(was["actual"]), was["task"], was["source"]["period"]) == (totals[-1], task["id"], "2023-12")
        assert list(was["percents"]) == [str(month) for month in range(1, 13)]
    assert main(["year", "2024", "--no-last", "--json", *book]) == 0
    assert json.loads(capsys.readouterr().out)["compared"] is None


def test_the_old_book_goes_on_as_well(
    archive: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    book = ["--book", str(folder / "book.yuebao"), *DAY]
    table = next_plan(tmp_path / "plan-2024-sample.xlsx")
    capsys.readouterr()
    assert main(["open-year", "2024", "--plan", str(table), "--json", *book]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["plan"]["year"], len(found["problems"]), found["backup"].endswith("-year.yuebao")) == (2024, 6, True)
    assert main(["item", "list", "2023", "--open", "--json", *book]) == 0
    assert len(json.loads(capsys.readouterr().out)["items"]) == 6
