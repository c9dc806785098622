"""Which copies stay: by date, within the disk, and never what is not ours."""

import shutil
from collections import namedtuple
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.errors import WorldError
from desktop_app.store import Book, Month, entries, kept_copies, open_book
from desktop_app.store.kept_copies import DAILY, UNDO, Kept, folder_of, keep, listed, newest_head, thin
from desktop_app.store.migrations import APPLICATION_ID

Disk = namedtuple("Disk", "total used free")
MB = 1024 * 1024
TITLE = bytes(68) + APPLICATION_ID.to_bytes(4, "big")


def pretend(book: Path, days: list[date], reason: str = DAILY) -> list[Path]:
    """Copies as they lie there after these days, the last one the newest."""
    folder_of(book).mkdir(exist_ok=True)
    made = []
    for day in days:
        path = kept_copies.free_name(book, reason, datetime(day.year, day.month, day.day, 17, 30).astimezone())  # noqa: DTZ001
        path.write_bytes(TITLE)
        made.append(path)
    return made


def left(book: Path) -> list[date]:
    return [kept.at.date() for kept in listed(book)]


def test_a_year_and_a_half_of_working_days_is_a_ladder(book_path: Path) -> None:
    days = [date(2023, 1, 2) + timedelta(days=n) for n in range(550)]
    pretend(book_path, days)
    thin(book_path)
    found = left(book_path)
    assert found[:7] == days[:-8:-1], "the last seven days"
    weeks = {day.isocalendar()[:2] for day in found[:10]}
    assert len(weeks) >= 4
    months = [(day.year, day.month) for day in found]
    assert len(set(months)) == 12
    assert len(found) <= 7 + 4 + 12
    assert all(day == max(d for d in days if (d.year, d.month) == (day.year, day.month)) for day in found[10:])


def test_days_without_a_copy_take_no_place(book_path: Path) -> None:
    """Somebody who opens the book once a month keeps twelve months, not seven days of nothing."""
    days = [date(2022 + month // 12, month % 12 + 1, 3) for month in range(20)]
    pretend(book_path, days)
    thin(book_path)
    assert left(book_path) == days[:-13:-1]


def test_of_one_day_the_last_stays(book_path: Path) -> None:
    first, second = pretend(book_path, [date(2023, 4, 3)] * 2)
    assert thin(book_path) == (first,)
    assert [kept.path for kept in listed(book_path)] == [second]


def test_a_clock_that_was_set_back_does_not_take_the_newest(book_path: Path, book: Book, now: datetime) -> None:
    pretend(book_path, [date(2030, 1, day) for day in range(1, 29)])
    made = keep(book.connection, book.path, DAILY, now)  # 2023
    assert made.path in [kept.path for kept in listed(book.path)]
    assert listed(book.path)[0] == made, "the newest is the one that was made last"


def test_other_things_in_the_folder_are_left_alone(book: Book, now: datetime) -> None:
    folder = folder_of(book.path)
    folder.mkdir()
    strange = {
        "备注.txt": b"x", "0001-20200101-000000-daily.yuebao": b"not ours", "0002-20200101-000000-weekly.yuebao": TITLE,
        "0003-20209901-000000-daily.yuebao": TITLE, "my-book.yuebao": TITLE,
    }  # fmt: skip
    for name, data in strange.items():
        (folder / name).write_bytes(data)
    outside = book.path.with_name("outside.yuebao")
    outside.write_bytes(TITLE)
    (folder / "0004-20200101-000000-daily.yuebao").symlink_to(outside)
    (folder / "0005-20200101-000000-daily.yuebao").mkdir()
    for day in range(20):
        keep(book.connection, book.path, DAILY, now + timedelta(days=day))
    assert {name: (folder / name).read_bytes() for name in strange} == strange
    assert outside.read_bytes() == TITLE
    assert {path.name for path in folder.iterdir()} >= {*strange, "0004-20200101-000000-daily.yuebao"}
    assert all(kept.path.name not in strange and not kept.path.is_symlink() for kept in listed(book.path))
    assert listed(book.path)[0].number > 5, "a taken number is not given again"


def test_a_copy_is_a_book_and_its_head_is_known(book: Book, month: Month, now: datetime) -> None:
    entries.save(book, month, "3-1", {"narrative": "第一天"}, now, "王")
    made = keep(book.connection, book.path, DAILY, now)
    assert newest_head(book.path) is not None
    entries.save(book, month, "3-1", {"narrative": "第二天"}, now, "王")
    with open_book(made.path) as copy:
        assert entries.entries(copy, month.id)["3-1"].narrative == "第一天"
    made.path.write_bytes(TITLE + b"damaged afterwards")
    assert newest_head(book.path) is None


def disk(monkeypatch: pytest.MonkeyPatch, total: int, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(total, total - free, free))


def sized(book: Path, days: list[date], size: int, reason: str = DAILY) -> list[Path]:
    made = pretend(book, days, reason)
    for path in made:
        path.write_bytes(TITLE + bytes(size - len(TITLE)))
    return made


def test_copies_take_a_fifth_of_the_disk_at_most(book_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sized(book_path, [date(2023, 4, day) for day in range(1, 6)], MB)
    disk(monkeypatch, total=20 * MB, free=15 * MB)
    kept_copies.make_room(book_path, MB)  # 5 there, 1 to come, 4 allowed
    assert [kept.path for kept in listed(book_path)] == made[:1:-1]


def test_the_newest_never_goes_and_a_full_disk_is_said(book_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sized(book_path, [date(2023, 4, day) for day in range(1, 6)], MB)
    undo = sized(book_path, [date(2023, 4, 6)], MB, UNDO)
    disk(monkeypatch, total=100 * MB, free=0)
    with pytest.raises(WorldError, match="空间不够") as caught:
        kept_copies.make_room(book_path, 20 * MB)
    assert "MB" in caught.value.advice
    assert [kept.path for kept in listed(book_path)] == [undo[0], made[-1]]


def test_a_small_disk_keeps_a_share_of_itself_free(book_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(book_path, [date(2023, 4, 1)])
    disk(monkeypatch, total=100 * MB, free=10 * MB)
    kept_copies.make_room(book_path, 5 * MB)
    with pytest.raises(WorldError):
        kept_copies.make_room(book_path, 5 * MB + 1)


def test_a_copy_that_does_not_fit_is_not_begun(book: Book, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    disk(monkeypatch, total=100 * MB, free=0)
    with pytest.raises(WorldError, match="空间不够"):
        keep(book.connection, book.path, DAILY, now)
    assert list(folder_of(book.path).iterdir()) == []


def test_three_books_put_aside_by_restores_stay(book_path: Path) -> None:
    made = pretend(book_path, [date(2023, 4, 3)] * 5, UNDO)
    thin(book_path)
    assert [kept.path for kept in listed(book_path)] == made[:1:-1]


def test_a_copy_before_each_schema_change_stays(book_path: Path) -> None:
    (old,) = pretend(book_path, [date(2019, 4, 3)], "v1")
    pretend(book_path, [date(2021 + n // 12, n % 12 + 1, 3) for n in range(24)])
    thin(book_path)
    assert old in [kept.path for kept in listed(book_path)]


def test_a_link_to_the_book_has_no_folder_of_its_own(book: Book, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.yuebao"
    link.parent.mkdir()
    link.symlink_to(book.path)
    assert folder_of(link) == folder_of(book.path)


def test_a_name_says_number_time_and_reason(book: Book, now: datetime) -> None:
    made = keep(book.connection, book.path, DAILY, now)
    assert made == Kept(made.path, 1, made.at, DAILY, made.path.stat().st_size)
    assert made.path.name == "0001-20230403-093000-daily.yuebao"
