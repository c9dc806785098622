"""Copies through the desk: made by themselves once a day, looked into, restored and undone."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.desk import backups, open_book, soundness
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import latest_period, open_month, row
from desktop_app.desk.open_book import look_only, open_desk
from desktop_app.desk.save_entry import save
from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.period import Period
from desktop_app.store import opening

KEPT = Path(__file__).resolve().parent.parent / "keepsakes" / "book-1.sqlite"
FEBRUARY, MARCH = Period(2023, 2), Period(2023, 3)
MORNING = datetime(2026, 11, 25, 9, 0).astimezone()  # noqa: DTZ001


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A book of today's schema: March is done, February a draft."""
    copy = Path(shutil.copy(KEPT, tmp_path / "book.yuebao"))
    open_desk(copy).close()
    shutil.rmtree(copy.with_name("book.yuebao.backups"))  # the copy of before the schema changed
    return copy


@pytest.fixture
def desk(file: Path) -> Iterator[Desk]:
    opened = open_desk(file)
    opened.clock = lambda: MORNING
    yield opened
    opened.close()


def at(desk: Desk, moment: datetime) -> None:
    desk.clock = lambda: moment


def write(desk: Desk, text: str) -> None:
    save(desk, FEBRUARY, "2-1", {"narrative": text})


def test_once_a_day_and_only_where_something_changed(desk: Desk) -> None:
    assert backups.automatic(desk) is not None
    write(desk, "第一天")
    assert backups.automatic(desk) is None, "there is one from today"
    at(desk, MORNING + timedelta(days=1))
    assert backups.automatic(desk) is not None, "what yesterday's copy did not have"
    at(desk, MORNING + timedelta(days=2))
    assert backups.automatic(desk) is None, "nothing was changed since"
    assert backups.automatic(desk, even_today=True) is None
    write(desk, "第三天")
    made = backups.automatic(desk, even_today=True)
    assert made is not None
    assert made.flaws == ()
    assert [kept.at.date() for kept in backups.listed(desk.book_path)] == [
        (MORNING + timedelta(days=days)).date() for days in (2, 1, 0)
    ]


def test_a_rehearsed_day_does_not_date_a_copy(desk: Desk) -> None:
    desk.rehearsal = date(2023, 4, 1)
    made = backups.automatic(desk)
    assert made is not None
    assert backups.listed(desk.book_path)[0].at == MORNING


def test_what_a_copy_holds_and_what_would_change(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "copy.yuebao"
    target.parent.mkdir()
    made = backups.make(desk, target)
    before = row(desk, FEBRUARY, "2-1").entry.narrative
    write(desk, "后来写的")
    open_month(desk, Period(2023, 4))
    found = backups.look(target, desk)
    assert found.head == made.head
    assert (found.unit.code, found.flaws, found.present, found.parted) == ("110105", (), "", False)
    assert [(month.period, month.filled) for month in found.months] == [(FEBRUARY, 55), (MARCH, 55)]
    (field,) = found.field_differences
    assert (field.period, field.task, field.field, field.present, field.other) == (
        FEBRUARY, "2-1", "narrative", "后来写的", before,
    )  # fmt: skip
    (month,) = found.month_differences
    assert (month.period, month.other, month.loses_a_signature) == (Period(2023, 4), None, False)
    assert found.lost == 2
    alone = backups.look(target)
    assert (alone.lost, alone.field_differences, alone.months) == (0, (), found.months)


def test_signatures_that_would_be_lost_are_named(file: Path, tmp_path: Path) -> None:
    """A copy from before March was signed, made here by hand: no honest copy of that time is at hand."""
    old = Path(shutil.copy(file, tmp_path / "old.yuebao"))
    raw = sqlite3.connect(old)
    for (name,) in raw.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        raw.execute(f'drop trigger "{name}"')
    (first,) = raw.execute(
        "select min(seq) from journal where field in ('signed_pdf', 'state') and new <> 'draft'"
    ).fetchone()
    raw.execute("delete from journal where seq >= ?", (first,))
    for table in ("outbox", "inbox", "sealed_pdf", "sealed"):
        raw.execute(f"delete from {table}")
    raw.execute("update month set state = 'draft', handed_in_at = null, closed_at = null")
    raw.commit()
    raw.close()
    found = backups.look(old, file)
    assert [(lost.period, str(lost.present), str(lost.other)) for lost in found.signatures_lost] == [
        (MARCH, "received", "draft")
    ]
    assert found.lost > 0
    assert not found.parted


def test_restored_and_undone(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.yuebao"
    desk = open_desk(file)
    before = row(desk, FEBRUARY, "2-1").entry.narrative
    backups.make(desk, target)
    write(desk, "后来写的")
    desk.close()
    bytes_before = file.read_bytes()
    done = backups.restore(file, target)
    assert done.undo is not None
    assert backups.can_undo(file)
    again = open_desk(file)
    assert row(again, FEBRUARY, "2-1").entry.narrative == before
    again.close()
    back = backups.undo_restore(file)
    assert file.read_bytes() == bytes_before
    assert back.head != done.head


def test_a_copy_of_another_unit_is_refused(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yuebao"
    open_book.create(other, "海淀区政府").close()
    before = file.read_bytes()
    with pytest.raises(ClerkError, match="海淀"):
        backups.restore(file, other)
    assert file.read_bytes() == before
    assert backups.restore(tmp_path / "new.yuebao", other).undo is None


def test_a_copy_with_damage_inside_is_refused_unless_taken_upon_oneself(file: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(file, tmp_path / "copy.yuebao"))
    raw = sqlite3.connect(copy)
    (pdf,) = raw.execute("select pdf from sealed_pdf order by seq desc limit 1").fetchone()
    raw.close()
    whole = copy.read_bytes()
    where = whole.index(pdf[-2000:-1940])
    copy.write_bytes(whole[:where] + bytes([whole[where] ^ 1]) + whole[where + 1 :])
    before = file.read_bytes()
    with pytest.raises(WorldError, match="签署原件（2023-03）"):
        backups.restore(file, copy)
    assert file.read_bytes() == before
    assert "签署原件（2023-03）" in backups.look(copy).flaws[0]
    backups.restore(file, copy, flawed=True)


def test_the_newest_sound_copy_is_offered(desk: Desk) -> None:
    first = backups.automatic(desk)
    write(desk, "乙")
    at(desk, MORNING + timedelta(days=1))
    second = backups.automatic(desk)
    assert first
    assert second
    assert backups.newest(desk.book_path).path == second.path
    second.path.write_bytes(second.path.read_bytes()[:5000])
    assert backups.newest(desk.book_path).path == first.path


def test_a_preview_beside_a_book_that_cannot_be_read(file: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(file, tmp_path / "copy.yuebao"))
    file.write_bytes(b"")
    found = backups.look(copy, file)
    assert "空文件" in found.present
    assert len(found.months) == 2
    backups.restore(file, copy)
    assert file.read_bytes()[:6] == b"SQLite"


def test_a_look_only_shows_one_moment_and_writes_nothing(file: Path) -> None:
    held = open_desk(file)  # read aside by another process in tests/store/test_snapshot.py; here the file is free
    held.close()
    desk = look_only(file)
    try:
        assert desk.read_only
        assert desk.seen_at is not None
        assert latest_period(desk) == MARCH
        assert open_month(desk, MARCH).filled == 55
        with pytest.raises(WorldError, match="只读"):
            write(desk, "写不进去")
        with pytest.raises(WorldError, match="只读"):
            open_month(desk, Period(2023, 4))
        assert backups.automatic(desk, even_today=True) is None
    finally:
        desk.close()


def test_a_large_book_is_checked_in_pieces_and_damage_stops_writing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = sqlite3.connect(file)
    (page,) = raw.execute("select rootpage from sqlite_schema where name = 'evidence'").fetchone()
    raw.close()
    whole = bytearray(file.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\x55" * 4096
    file.write_bytes(whole)
    with pytest.raises(WorldError, match="已损坏"):
        open_desk(file)  # as a small book it is checked whole
    monkeypatch.setattr(opening, "_AT_ONCE", 0)
    desk = open_desk(file)
    try:
        assert "evidence" in soundness.pieces(desk)
        with pytest.raises(WorldError, match="已损坏"):
            soundness.check_all(desk)
        assert desk.book_damaged
        with pytest.raises(WorldError, match="已损坏"):
            open_book.kept_months.set_state(desk.book, open_book.kept_months.months(desk.book)[0], "x", MORNING, "王")
    finally:
        desk.close()


def test_a_large_book_that_is_sound(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_AT_ONCE", 0)
    desk = open_desk(file)
    try:
        soundness.check_all(desk)
        assert soundness.pieces(desk) == ()
        write(desk, "照写")
    finally:
        desk.close()
    file.write_bytes(file.read_bytes()[:-4096])
    with pytest.raises(WorldError, match="已损坏"):
        open_desk(file)
