"""A merge is one transaction: whatever moment it ends at, the draft is as it was or holds all of it."""

import errno
import multiprocessing
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_app import assets
from desktop_app.desk import merge
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.save_entry import attach, save
from desktop_app.desk.take_plan import import_plan
from desktop_app.errors import ClerkError
from desktop_app.model.finding import Explanation
from desktop_app.model.period import Period
from desktop_app.store import Book, explanations, journal, months

MARCH, APRIL, TODAY = Period(2023, 3), Period(2023, 4), date(2023, 5, 4)
TABLES = ("month", "entry", "explanation", "evidence", "blob", "journal")


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book, and the copy that a colleague worked on: words, an explanation and a file in two months."""
    folder = tmp_path_factory.mktemp("parted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        desk = create(folder / "ours.yuebao", "朝阳区政府", today=TODAY)
        import_plan(desk, assets.path("samples", "plan-2023-sample.xlsx"))
        open_month(desk, MARCH)
        save(desk, MARCH, "3-9", {"narrative": "原来的话。"})
        desk.close()
        theirs = Path(shutil.copy(folder / "ours.yuebao", folder / "theirs.yuebao"))
        other = open_desk(theirs, today=TODAY)
        open_month(other, APRIL)
        for period in (MARCH, APRIL):
            save(other, period, "3-9", {"narrative": "同事的话。", "problems": "同事写的问题。"})
        save(other, MARCH, "2-14", {"narrative": "又一项。"})
        attach(other, MARCH, "3-9", assets.path("samples", "evidence-sample.txt"))
        month = months.month(other.book, MARCH)
        assert month is not None
        note = Explanation("3-9", "P701", "（示例说明）集中在二季度实施。", ())
        explanations.put(other.book, month, note, other.now(), other.actor)
        other.close()
    return folder / "ours.yuebao", theirs


def told(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the book that a merge can touch, without the moments of writing."""
    found: dict[str, list[tuple[object, ...]]] = {table: book.read(f"select * from {table}") for table in TABLES}  # noqa: S608 - own names
    found["journal"] = [row[:1] + row[2:9] for row in found["journal"]]
    found["month"] = [row[:6] for row in found["month"]]
    return found


def dying_at(book: Book, number: int) -> None:
    """End this process, as a kill does, before the statement of this number."""
    left = [number]

    def count(_statement: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            os._exit(9)

    book.connection.set_trace_callback(count)


def _merge_and_die(ours: Path, theirs: Path, number: int) -> None:
    desk = open_desk(ours, today=TODAY)
    dying_at(desk.book, number)
    merge.merge(desk, theirs)
    desk.book.connection.set_trace_callback(None)
    desk.close()


def after_death_at(
    number: int, parted: tuple[Path, Path], folder: Path
) -> tuple[dict[str, list[tuple[object, ...]]], bool]:
    """What the book holds after a merge that was killed at a statement, and whether it came to its end."""
    for old in folder.glob("killed.yuebao*"):
        old.unlink()
    ours = Path(shutil.copy(parted[0], folder / "killed.yuebao"))
    child = multiprocessing.get_context("fork").Process(target=_merge_and_die, args=(ours, parted[1], number))
    child.start()
    child.join()
    ended = child.exitcode == 0
    assert ended or child.exitcode == 9
    child.close()
    desk = open_desk(ours, today=TODAY)
    try:
        assert journal.verify(desk.book).intact
        return told(desk.book), ended
    finally:
        desk.close()


def whole(parted: tuple[Path, Path], folder: Path) -> tuple[dict[str, list[tuple[object, ...]]], ...]:
    """The book before the merge and after it."""
    desk = open_desk(Path(shutil.copy(parted[0], folder / "whole.yuebao")), today=TODAY)
    before = told(desk.book)
    done = merge.merge(desk, parted[1])
    after = told(desk.book)
    assert {(str(row.period), row.task, row.field) for row in done.drawn} == {
        ("2023-03", "3-9", "narrative"), ("2023-03", "3-9", "problems"), ("2023-03", "2-14", "narrative"),
        ("2023-03", "3-9", "explanation:P701"), ("2023-03", "3-9", "evidence"),
        ("2023-04", "3-9", "narrative"), ("2023-04", "3-9", "problems"),
    }  # fmt: skip
    assert merge.merge(desk, parted[1]).again
    assert told(desk.book) == after
    desk.close()
    return before, after


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.long)])
def test_a_merge_killed_at_any_statement_is_there_whole_or_not_at_all(
    parted: tuple[Path, Path], tmp_path: Path, every: int, count: Callable[[str], None]
) -> None:
    before, after = whole(parted, tmp_path)
    number, nothing, ended = 1, 0, False
    while not ended:
        found, ended = after_death_at(number, parted, tmp_path)
        assert found in (before, after)
        assert not ended or found == after
        nothing += found == before
        number += every
    assert nothing > 5
    count(f"a merge killed at {number // every} of its statements: {nothing} times nothing of it was there, else all")


@pytest.mark.parametrize("number", range(1, 7))
def test_a_fault_in_the_middle_takes_everything_back(
    parted: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    desk = open_desk(Path(shutil.copy(parted[0], tmp_path / "ours.yuebao")), today=TODAY)
    before, left = told(desk.book), [number]

    def failing(*given: object, **named: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.EIO, "Input/output error")
        journal.append(*given, **named)  # type: ignore[arg-type]

    for room in ("entries", "explanations", "evidence", "merges", "months"):
        monkeypatch.setattr(f"desktop_app.store.{room}.append", failing)
    try:
        with pytest.raises(ClerkError):
            merge.merge(desk, parted[1])
        assert told(desk.book) == before
        save(desk, MARCH, "3-9", {"problems": "照常写。"})  # the book goes on
    finally:
        desk.close()


def half_a_step(book: Book) -> None:
    with book.write() as connection:
        connection.execute("insert into setting (key, value) values ('lost', '1')")
        _never = 1 / 0


def test_a_step_that_failed_leaves_nothing_in_what_goes_on(sample_desk: Desk) -> None:
    book = sample_desk.book
    with book.together():
        with book.write() as connection:
            connection.execute("insert into setting (key, value) values ('kept', '1')")
        with pytest.raises(ZeroDivisionError):
            half_a_step(book)
    found = {key for (key,) in book.read("select key from setting where key in ('kept', 'lost')")}
    assert found == {"kept"}
