"""A full or read-only disk under every verb that writes: a plain sentence, nothing half done, and on it goes."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.desk import keys, take_plan
from desktop_app.desk.check_report import check, explain
from desktop_app.desk.demo import sample_book
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.save_entry import attach, save
from desktop_app.desk.sign_report import sign
from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.folder import deliver
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState, Role
from desktop_app.store import backups, entries, journal, migrations, months
from tests.small_disk import SmallDisk

DAY = date(2023, 4, 4)
MARCH = Period(2023, 3)
WORD = "口令口令口令"
LONG = "推进治理工作。" * 2000


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "sample.yuebao"
    sample_book(file, today=DAY).close()
    return file


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "stick"
    folder.mkdir()
    made = SmallDisk(folder, "6m")
    yield made
    made.close()


@pytest.fixture
def desk(sample: Path, disk: SmallDisk) -> Iterator[Desk]:
    """The sample book on the small disk, with one save of today's."""
    desk = open_desk(Path(shutil.copy(sample, disk.folder / "book.yuebao")), today=DAY)
    desk.actor = "王"
    save(desk, MARCH, "2-31", {"narrative": "先前保存的"})
    yield desk
    desk.close()


def pictures(folder: Path) -> Path:
    file = folder / "图.bin"
    file.write_bytes(bytes(range(256)) * 400)
    return file


def save_words(desk: Desk, elsewhere: Path) -> None:
    save(desk, MARCH, "2-31", {"narrative": LONG, "problems": LONG})


def save_after_a_rest(desk: Desk, elsewhere: Path) -> None:
    desk.rest()
    save(desk, MARCH, "2-31", {"narrative": LONG, "problems": LONG})


def a_new_month(desk: Desk, elsewhere: Path) -> None:
    open_month(desk, Period(2023, 4))
    save(desk, Period(2023, 4), "2-31", {"narrative": LONG})


def a_plan(desk: Desk, elsewhere: Path) -> None:
    take_plan.import_plan(desk, elsewhere / "revised.xlsx")


def evidence(desk: Desk, elsewhere: Path) -> None:
    attach(desk, MARCH, "2-31", pictures(elsewhere))


def a_copy(desk: Desk, elsewhere: Path) -> None:
    backups.backup(desk.book, desk.book_path.with_name("copy.yuebao"))


def a_key(desk: Desk, elsewhere: Path) -> None:
    keys.new_key(desk, "李", Role.APPROVER, WORD, remember=False)


def sealing(desk: Desk, elsewhere: Path) -> None:
    sign(desk, MARCH, Role.PREPARER, "王", WORD)


VERBS = (save_words, save_after_a_rest, a_new_month, a_plan, evidence, a_copy, a_key, sealing)


def prepared(desk: Desk, verb: Callable[[Desk, Path], None], elsewhere: Path, table: Callable[..., Path]) -> None:
    """What must be there before the disk is full."""
    if verb is a_plan:
        table("revised.xlsx", lambda sheets: [sheet.cell(6, 3, LONG[:200]) for sheet in sheets.values()])
    if verb is sealing:
        keys.new_key(desk, "王", Role.PREPARER, WORD, remember=False)
        _answer_everything(desk)


def _answer_everything(desk: Desk) -> None:
    """The slips in the sample's figures put right, the rest explained, so that the month can be sealed."""
    from desktop_app.desk.demo import CORRECTIONS

    nothing = {"nil": True, "nil_reason": "本月没有安排。"}
    for task_id in ("3-20", "5-14", "2-31"):
        save(desk, MARCH, task_id, nothing)
    for task_id, figures in CORRECTIONS.items():
        save(desk, MARCH, task_id, figures)
    for finding in check(desk, MARCH).findings:
        if finding.severity == "warning":
            explain(desk, MARCH, finding.task, finding.code, "（示例说明）")


def picture(desk: Desk) -> tuple[object, ...]:
    """Everything the book holds, as far as anybody could miss it."""
    kept = {month.period: (month.state, entries.entries(desk.book, month.id)) for month in months.months(desk.book)}
    return kept, journal.head(desk.book), journal.verify(desk.book).intact


@pytest.mark.parametrize("verb", VERBS)
def test_a_full_disk(
    desk: Desk, disk: SmallDisk, tmp_path: Path, table: Callable[..., Path], verb: Callable[[Desk, Path], None]
) -> None:
    prepared(desk, verb, tmp_path, table)
    before, names = picture(desk), disk.names()
    with disk.full():
        for _ in range(2):
            with pytest.raises(WorldError) as caught:
                verb(desk, tmp_path)
            assert plain(caught.value)
            assert picture(desk)[1:] == before[1:], "nothing half done"
            assert entries.entries(desk.book, open_month(desk, MARCH).id) == before[0][MARCH][1]
        assert disk.names() == names, "nothing left lying about"
    verb(desk, tmp_path)
    assert journal.verify(desk.book).intact
    desk.close()
    again = open_desk(desk.book_path, today=DAY)
    try:
        assert journal.verify(again.book).intact
        assert open_month(again, MARCH).state is (MonthState.SEALED if verb is sealing else MonthState.DRAFT)
    finally:
        again.close()


def plain(problem: ClerkError) -> bool:
    """Two sentences a clerk understands: what happened and what to do."""
    assert problem.title.endswith("。")
    assert problem.advice.endswith("。")
    return not any(word in str(problem).lower() for word in ("sqlite", "errno", "traceback", "error"))


def test_closing_on_a_full_disk_loses_nothing(desk: Desk, disk: SmallDisk) -> None:
    """What stands in the log cannot go home; it stays where it is until the next opening."""
    for number in range(30):
        save(desk, MARCH, "2-31", {"narrative": f"{number}" + LONG[: number * 100]})
    with disk.full():
        desk.close()
    again = open_desk(desk.book_path, today=DAY)
    try:
        assert open_month(again, MARCH).row("2-31").entry.narrative.startswith("29")
        assert journal.verify(again.book).intact
    finally:
        again.close()


def a_wider_table(db) -> None:
    db.execute("alter table entry add column note text not null default ''")
    db.execute("update entry set note = hex(zeroblob(4000))")


def test_a_migration_on_a_full_disk(desk: Desk, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = picture(desk)
    desk.close()
    names, whole = disk.names(), desk.book_path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, a_wider_table))
    with disk.full():
        with pytest.raises(WorldError) as caught:
            open_desk(desk.book_path, today=DAY)
        assert plain(caught.value)
    assert disk.names() == names
    assert desk.book_path.read_bytes() == whole
    again = open_desk(desk.book_path, today=DAY)
    try:
        assert picture(again) == before
    finally:
        again.close()


def test_a_new_book_on_a_full_disk(disk: SmallDisk) -> None:
    with disk.full():
        with pytest.raises(WorldError) as caught:
            create(disk.folder / "new.yuebao", "朝阳区")
        assert plain(caught.value)
        assert disk.names() == set()
    create(disk.folder / "new.yuebao", "朝阳区").close()


def test_a_report_for_a_full_stick(disk: SmallDisk) -> None:
    with disk.full():
        with pytest.raises(WorldError, match="空间不够") as caught:
            deliver(bytes(300_000), "report.pdf", disk.folder)
        assert plain(caught.value)
        assert disk.names() == set()
    assert deliver(bytes(300_000), "report.pdf", disk.folder).path.exists()


def test_a_read_only_disk(desk: Desk, disk: SmallDisk, sample: Path, tmp_path: Path) -> None:
    if not disk.mounted:
        pytest.fail("only root can mount a read-only disk; folders without the right to write: test_opening.py")
    desk.close()
    with disk.read_only():
        for attempt in (
            lambda: open_desk(desk.book_path, today=DAY),
            lambda: create(disk.folder / "new.yuebao", "朝阳区"),
            lambda: deliver(b"%PDF", "report.pdf", disk.folder),
            lambda: _backed_up(sample, tmp_path, disk.folder / "copy.yuebao"),
        ):
            with pytest.raises(WorldError) as caught:
                attempt()
            assert plain(caught.value)
    again = open_desk(desk.book_path, today=DAY)
    try:
        assert open_month(again, MARCH).row("2-31").entry.narrative == "先前保存的"
    finally:
        again.close()
    assert disk.names() == {"book.yuebao"}


def _backed_up(sample: Path, folder: Path, target: Path) -> None:
    desk = open_desk(Path(shutil.copy(sample, folder / "other.yuebao")), today=DAY)
    try:
        backups.backup(desk.book, target)
    finally:
        desk.close()
