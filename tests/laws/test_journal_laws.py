"""The journal's laws: nothing that was written can be changed, dropped, moved, added or cut off unnoticed."""

import json
import random
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from desktop_app.model.period import Period
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import Book, create_book, journal

NOW = datetime(2023, 4, 3, 9, 30, tzinfo=timezone(timedelta(hours=8)))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CHANGES = st.builds(
    journal.Change,
    field=TEXTS,
    old=st.none() | TEXTS,
    new=st.none() | TEXTS,
    period=st.none() | st.builds(Period, st.integers(2000, 2100), st.integers(1, 12)),
    revision=st.none() | st.integers(1, 99),
    task_id=st.none() | TEXTS,
)
COLUMNS = ("seq", "at", "actor", "period", "revision", "task_id", "field", "old", "new")


@pytest.fixture
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    unit = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3)
    with create_book(tmp_path_factory.mktemp("laws") / "book.yuebao", "unit", unit, NOW) as made:
        yield made


def chain(changes: list[journal.Change], actor: str = "王", first: int = 1) -> list[tuple[Any, ...]]:
    """Rows as the table would hold them, made here by the written rule and by an RFC 8785 library."""
    rows: list[tuple[Any, ...]] = []
    previous = bytes(32)
    for seq, change in enumerate(changes, start=first):
        period = str(change.period) if change.period else None
        fields = (
            seq, NOW.isoformat(), actor, period, change.revision, change.task_id, change.field, change.old, change.new,
        )  # fmt: skip
        digest = sha256(previous + rfc8785.dumps(dict(zip(COLUMNS, fields, strict=True)))).digest()
        rows.append((*fields, previous, digest))
        previous = digest
    return rows


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, min_size=1, max_size=6))
def test_what_is_appended_is_the_chain_of_the_rule(book: Book, changes: list[journal.Change]) -> None:
    with book.write() as connection:
        for statement in ("drop trigger journal_delete", "delete from journal"):
            connection.execute(statement)
        journal.append(connection, changes, NOW, "王")
        connection.execute(next(text for text in _guards() if "journal_delete" in text))
    assert book.read(journal.ROWS_IN_ORDER) == chain(changes)
    assert journal.head(book) == chain(changes)[-1][-1].hex()
    assert journal.verify(book) == journal.JournalCheck(len(changes), intact=True)


@given(row=st.tuples(st.integers(1, 2**53 - 1), *[st.none() | TEXTS] * 8))
def test_a_row_is_written_in_rfc_8785(row: tuple[Any, ...]) -> None:
    assert journal.canonical(row) == rfc8785.dumps(dict(zip(COLUMNS, row, strict=True)))


@given(changes=st.lists(CHANGES, min_size=1, max_size=8), data=st.data())
def test_a_changed_row_is_found_where_it_is(changes: list[journal.Change], data: st.DataObject) -> None:
    rows = chain(changes)
    at = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    kind = {0: st.integers(1, 99), 4: st.none() | st.integers(1, 99)}.get(column, st.none() | TEXTS)
    value = data.draw(st.binary(min_size=32, max_size=32) if column > 8 else kind)
    assume(value != rows[at][column])
    rows[at] = (*rows[at][:column], value, *rows[at][column + 1 :])
    found = journal.verify_rows(iter(rows))
    assert (found.intact, found.first_bad) == (False, at + 1)


@given(changes=st.lists(CHANGES, min_size=2, max_size=8), data=st.data())
def test_a_row_dropped_or_moved_or_added_is_found(changes: list[journal.Change], data: st.DataObject) -> None:
    rows = chain(changes)
    at = data.draw(st.integers(0, len(rows) - 2))
    dropped = rows[:at] + rows[at + 1 :]
    moved = [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]
    added = [*rows[: at + 1], rows[at], *rows[at + 1 :]]
    renumbered = [(number, *row[1:]) for number, row in enumerate(dropped, start=1)]
    for damaged, first_bad in ((dropped, at + 1), (moved, at + 1), (added, at + 2), (renumbered, at + 1)):
        found = journal.verify_rows(iter(damaged))
        assert (found.intact, found.first_bad) == (False, first_bad)


@given(changes=st.lists(CHANGES, min_size=1, max_size=8), data=st.data())
def test_a_cut_shows_against_a_head_that_was_printed(changes: list[journal.Change], data: st.DataObject) -> None:
    rows = chain(changes)
    kept = data.draw(st.integers(0, len(rows) - 1))
    heads = [row[-1].hex() for row in rows]
    printed = heads[data.draw(st.integers(kept, len(rows) - 1))]
    assert journal.verify_rows(iter(rows[:kept])).intact, (
        "by itself a shorter chain looks whole: hence the printed head"
    )
    cut = journal.verify_rows(iter(rows[:kept]), [printed])
    assert cut == journal.JournalCheck(kept, intact=False, first_bad=kept + 1, missing=(printed,))
    assert journal.verify_rows(iter(rows), [*heads, "0" * 64]).intact


def test_a_chain_that_does_not_begin_at_one_is_no_whole_chain() -> None:
    rows = chain([journal.Change("f", None, "1")], first=2)
    assert journal.verify_rows(iter(rows)) == journal.JournalCheck(1, intact=False, first_bad=1)


@given(changes=st.lists(CHANGES, min_size=1, max_size=8), actor=TEXTS)
def test_a_past_rewritten_whole_no_longer_holds_the_printed_head(changes: list[journal.Change], actor: str) -> None:
    assume(actor != "王")
    printed = chain(changes)[-1][-1].hex()
    rewritten = chain(changes, actor)
    assert journal.verify_rows(iter(rewritten)).intact
    assert journal.verify_rows(iter(rewritten), [printed]).missing == (printed,)


FORGERIES = (
    "update journal set new = '9' where seq = 3",
    "update journal set actor = '别人' where seq = 3",
    "update journal set at = '2020-01-01T00:00:00+08:00' where seq = 3",
    "delete from journal where seq = 3",
    "update journal set seq = -seq where seq in (3, 4); update journal set seq = 7 + seq where seq in (-3, -4)",
    "update journal set seq = 100 - seq where seq > 3; "
    "insert into journal select 3 + 1, at, actor, period, revision, task_id, field, old, new, prev, hash "
    "from journal where seq = 3; update journal set seq = 101 - seq where seq > 50",
)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_tampering_in_the_file_is_found(book: Book, forgery: str) -> None:
    changes = [journal.Change("percent", None, str(n), Period(2023, 3), 1, "3-1") for n in range(6)]
    with book.write() as connection:
        journal.append(connection, changes, NOW, "王")
        for event in ("insert", "update", "delete"):
            connection.execute(f"drop trigger journal_{event}")
        for statement in forgery.split(";"):
            connection.execute(statement)
    found = journal.verify(book)
    assert not found.intact
    assert found.first_bad in (3, 4)


def test_an_empty_journal_has_sixty_four_zeros_for_a_head(book: Book) -> None:
    assert journal.head(book) == "0" * 64
    assert journal.verify(book, ["0" * 64]) == journal.JournalCheck(0, intact=True)


def test_rows_tell_back_what_was_said(book: Book) -> None:
    dice = random.Random(4)
    changes = [
        journal.Change(f"f{n % 3}", None, str(n), Period(2023, dice.randint(1, 12)), 1, f"3-{n % 2}") for n in range(30)
    ]
    with book.write() as connection:
        journal.append(connection, changes, NOW, "王")
    told = journal.rows(book)
    assert [(row.field, row.new, row.period, row.task_id) for row in told] == [
        (change.field, change.new, change.period, change.task_id) for change in changes
    ]
    assert all(before.seq + 1 == after.seq for before, after in pairwise(told))
    assert {row.at for row in told} == {NOW}
    some = journal.rows(book, changes[0].period, "3-0", "f0")
    assert some == tuple(
        row for row in told if (row.period, row.task_id, row.field) == (changes[0].period, "3-0", "f0")
    )
    assert json.loads(journal.canonical((1, "t", "", None, None, None, "f", None, "\u2028")))["new"] == "\u2028"


def _guards() -> tuple[str, ...]:
    from desktop_app.store.guards import guards

    return guards()
