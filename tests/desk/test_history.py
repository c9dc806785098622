"""The journal against signed paper, the months as they went, and undo through the desk."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from desktop_app.desk import backups, history, undo
from desktop_app.desk.desk import Desk
from desktop_app.desk.make_report import prepare
from desktop_app.desk.month import open_month, row
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.save_entry import save
from desktop_app.errors import ClerkError, UsageError
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store import journal

KEPT = Path(__file__).resolve().parent.parent / "keepsakes" / "book-1.sqlite"
MARCH, FEBRUARY = Period(2023, 3), Period(2023, 2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A book with March signed, handed in and received, and February a draft."""
    return Path(shutil.copy(KEPT, tmp_path / "book.yuebao"))


@pytest.fixture
def desk(file: Path) -> Iterator[Desk]:
    opened = open_desk(file, today=date(2023, 4, 20))
    yield opened
    opened.close()


def rewrite(file: Path, *, from_row: int) -> None:
    """What an owner of the file can do: a past that was never written, its chain made anew."""
    raw = sqlite3.connect(file)
    for (name,) in raw.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        raw.execute(f'drop trigger "{name}"')
    raw.execute("update journal set new = '改写的过去' where seq = ? and field = 'narrative'", (from_row,))
    assert raw.total_changes == 1
    (period, revision, task) = raw.execute(
        "select period, revision, task_id from journal where seq = ?", (from_row,)
    ).fetchone()
    raw.execute(
        "update entry set narrative = '改写的过去' where task_id = ? and month_id = "
        "(select id from month where period = ? and revision = ?)",
        (task, period, revision),
    )
    previous = bytes(32)
    for fields in raw.execute(journal.ROWS_IN_ORDER).fetchall():
        row = fields[:-2]
        digest = sha256(previous + journal.canonical(row)).digest()
        raw.execute("update journal set prev = ?, hash = ? where seq = ?", (previous, digest, row[0]))
        previous = digest
    raw.commit()
    raw.close()


def a_narrative(file: Path, where: str) -> int:
    raw = sqlite3.connect(file)
    found = raw.execute(f"select seq from journal where field = 'narrative' and {where} limit 1").fetchone()
    raw.close()
    return int(found[0])


def test_an_honest_journal_holds_and_its_signed_heads_are_in_it(desk: Desk) -> None:
    found = history.verify(desk)
    assert (found.problems, found.intact, found.heads_matched, found.holds) == ((), True, True, True)
    (head,) = found.heads
    assert (head.period, head.revision) == (MARCH, 1)
    assert head.seq is not None
    assert 0 < head.seq < found.rows
    assert found.head == journal.head(desk.book)


def test_a_rewritten_past_no_longer_matches_the_signed_head(file: Path) -> None:
    rewrite(file, from_row=a_narrative(file, "period = '2023-03'"))
    desk = open_desk(file)
    try:
        found = history.verify(desk)
    finally:
        desk.close()
    assert found.intact, "the chain by itself is whole: whoever owns the file can make it anew"
    assert not found.heads_matched
    assert not found.holds
    assert any("2023年3月" in said and "改写" in said for said in found.problems)


def test_a_row_changed_without_the_chain_is_found(file: Path) -> None:
    at = a_narrative(file, "period = '2023-02'")
    raw = sqlite3.connect(file)
    raw.execute("drop trigger journal_update")
    raw.execute("update journal set new = '改' where seq = ?", (at,))
    raw.commit()
    raw.close()
    desk = open_desk(file)
    try:
        found = history.verify(desk)
    finally:
        desk.close()
    assert (found.intact, found.first_bad) == (False, at)
    assert str(at) in found.problems[0]
    assert "对不上" in backups.look(next(iter(backups.listed(file))).path).flaws[0], (
        "it was copied all the same, and told"
    )


def test_a_signed_original_that_was_changed_is_found(file: Path) -> None:
    whole = file.read_bytes()
    raw = sqlite3.connect(file)
    (pdf,) = raw.execute("select pdf from sealed_pdf order by seq desc limit 1").fetchone()
    raw.close()
    piece = pdf[-2000:-1940]
    at = whole.index(piece)
    file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    desk = open_desk(file)
    try:
        found = history.verify(desk)
    finally:
        desk.close()
    assert not found.holds
    assert any("签署原件" in said for said in found.problems)


def test_a_head_copied_from_paper(desk: Desk) -> None:
    (head,) = history.verify(desk, signatures=False).heads
    printed = " ".join(head.head[start : start + 8] for start in range(0, 64, 8)).upper()
    assert history.verify(desk, [printed], signatures=False).holds
    wrong = history.verify(desk, ["0" * 63 + "1"], signatures=False)
    assert "纸上" in wrong.problems[0]
    with pytest.raises(UsageError, match="不是日志校验值"):
        history.verify(desk, ["12ab"])


def test_the_head_stands_on_the_report_and_in_its_data(desk: Desk, tmp_path: Path) -> None:
    import subprocess

    head = journal.head(desk.book)
    paper = prepare(desk, FEBRUARY).render()
    assert json.loads(paper.data)["journal_head"] == head
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper.pdf)
    said = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert head in "".join(said.split())


def test_time_that_runs_backwards_is_noted_and_the_order_kept(desk: Desk) -> None:
    for day in (date(2023, 4, 21), date(2023, 4, 19)):
        desk.rehearsal = day
        save(desk, FEBRUARY, "2-1", {"problems": f"{day}"})
    found = history.verify(desk, signatures=False)
    assert found.holds
    assert any(str(found.rows) in note for note in found.notes)
    assert [row.seq for row in history.page(desk, limit=2).rows] == [found.rows - 1, found.rows]


def test_pages_of_the_journal(desk: Desk) -> None:
    everything = history.page(desk, limit=10_000)
    assert (everything.total, everything.more) == (len(everything.rows), False)
    some = history.page(desk, FEBRUARY, limit=5, after=0)
    assert len(some.rows) == 5
    assert some.more
    assert some.total > 5
    rest = history.page(desk, FEBRUARY, limit=10_000, after=some.rows[-1].seq)
    assert len(rest.rows) == some.total - 5
    assert not rest.more
    one = history.page(desk, FEBRUARY, "2-1", "narrative")
    assert {(row.period, row.task_id, row.field) for row in one.rows} == {(FEBRUARY, "2-1", "narrative")}


def test_every_change_has_somebody_who_made_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.desk.desk.login", lambda: "")
    from desktop_app.desk.month import set_people
    from desktop_app.model.report import People

    set_people(desk, People())
    desk.reread()
    save(desk, FEBRUARY, "2-1", {"problems": "谁写的"})
    assert history.page(desk, limit=1).rows[0].actor == "?"


def test_months_as_they_went(desk: Desk) -> None:
    february, march = history.months_of(desk)
    assert (february.period, february.state, february.on_time, february.receipt) == (
        FEBRUARY, MonthState.DRAFT, None, None,
    )  # fmt: skip
    assert (march.period, march.revision, march.state) == (MARCH, 1, MonthState.RECEIVED)
    assert march.on_time
    assert march.signatures == 2
    assert march.check_code
    assert march.places
    assert march.receipt is not None
    assert march.due.due == date(2023, 4, 6)
    assert history.months_of(desk, 2022) == ()
    assert len(history.months_of(desk, 2023)) == 2


def test_undo_across_a_restart_and_redo(file: Path) -> None:
    with_words = open_desk(file, today=date(2023, 4, 20))
    before = row(with_words, FEBRUARY, "2-1").entry.narrative
    save(with_words, FEBRUARY, "2-1", {"narrative": "改过的"})
    with_words.close()
    again = open_desk(file, today=date(2023, 4, 21))
    try:
        done = undo.undo(again, FEBRUARY, "2-1")
        assert [(each.task, each.field, each.was, each.now) for each in done.fields] == [
            ("2-1", "narrative", "改过的", before)
        ]
        assert row(again, FEBRUARY, "2-1").entry.narrative == before
        assert undo.next_redo(again)
        undo.redo(again)
        assert row(again, FEBRUARY, "2-1").entry.narrative == "改过的"
        assert history.page(again, FEBRUARY, "2-1", "narrative").rows[-1].new == "改过的"
    finally:
        again.close()


def test_nothing_to_take_back_and_a_sealed_month(desk: Desk) -> None:
    head = journal.head(desk.book)
    with pytest.raises(ClerkError, match="封存"):
        undo.undo(desk, MARCH)
    with pytest.raises(ClerkError, match="没有可以撤回"):
        undo.undo(desk, Period(2023, 1))
    with pytest.raises(ClerkError, match="没有可以重做"):
        undo.redo(desk)
    assert open_month(desk, MARCH).state is MonthState.RECEIVED
    assert journal.head(desk.book) == head
