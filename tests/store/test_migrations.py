"""Old books come along whole, or stay as they were."""

import hashlib
import json
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from desktop_app.errors import WorldError
from desktop_app.model.activity import Activity, ActivityKind
from desktop_app.model.correction import Remark
from desktop_app.model.disclosure import Leak, Said, Say
from desktop_app.model.listed import Closing, MarkAction
from desktop_app.model.period import Period
from desktop_app.model.plain import to_plain
from desktop_app.model.plan import Plan
from desktop_app.model.unit import Unit
from desktop_app.store import (
    Book,
    Month,
    activities,
    create_book,
    entries,
    journal,
    kept_copies,
    listed,
    migrations,
    months,
    open_book,
    plans,
    public_marks,
    remarks,
    tables,
    transfers,
)

# One digest per version ever released: a released schema does not change, a change is a new step.
RELEASED = {
    1: "77a062069fbbac0713e82354cbc674bcb8ea2602d2cf64273874925fe236a61d",
    2: "d86ddb92299f2b4971da10225b4982ef16aa2dd9273f29ae3ea6360380af3611",
    3: "a191e0614c0f63f1735101a2e29e0a8ffa07a50c6b72e7b63ab5cbb407db550e",
    4: "2048bb3481b7eed2aed922839985f29a2583eddb80a712f0bf2a8666ff935e52",
}


def schema(path: Path) -> list[tuple[str, str, str]]:
    raw = sqlite3.connect(path)
    try:
        return sorted(raw.execute("select type, name, sql from sqlite_schema where sql is not null").fetchall())
    finally:
        raw.close()


def new_column(db: Database) -> None:
    """A step as a later issue may write it: it rebuilds a table, which loses its triggers."""
    db.table("entry").transform(rename={"coordination": "coordination"}, types={"nil": int})
    db.execute("alter table month add column note text not null default ''")


def failing(db: Database) -> None:
    """A step that changes something and then fails."""
    db.execute("drop table setting")
    raise RuntimeError("no")


def test_the_schema_is_the_one_released(book: Book) -> None:
    book.close()
    digest = hashlib.sha256(repr(schema(book.path)).encode()).hexdigest()
    assert RELEASED[len(migrations.STEPS)] == digest


def test_every_table_is_strict(book: Book) -> None:
    kinds = {name: strict for _, name, _, _, _, strict in book.read("pragma table_list") if "sqlite_" not in name}
    assert set(kinds.values()) == {1}


def test_first_book_makes_every_table_and_index() -> None:
    db = Database(memory=True)
    migrations.first_book(db)
    made = {name for (name,) in db.execute("select name from sqlite_schema where sql is not null")}
    assert len(made) == len(tables.ALL) + len(tables.INDEXES)
    assert {"book", "journal", "entry", "month", "sealed_pdf", "one_draft", "journal_by_field"} <= made


@pytest.mark.parametrize("taken", range(1, len(migrations.STEPS) + 1))
def test_a_migrated_book_equals_a_fresh_one(
    book_path: Path, unit: Unit, now: datetime, monkeypatch: pytest.MonkeyPatch, taken: int
) -> None:
    steps = (*migrations.STEPS, new_column)
    monkeypatch.setattr(migrations, "STEPS", steps[:taken])
    create_book(book_path, "unit", unit, now).close()
    monkeypatch.setattr(migrations, "STEPS", steps)
    open_book(book_path).close()
    fresh = book_path.with_name("fresh.yuebao")
    create_book(fresh, "unit", unit, now).close()
    assert schema(book_path) == schema(fresh)
    assert any(name == "entry_update" for _, name, _ in schema(fresh)), "the rebuilt table has lost its guards"


def test_steps_and_terms_keep_the_plans_and_name_what_goes_together(
    book_path: Path, unit: Unit, plan: Plan, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(migrations, "STEPS", migrations.STEPS[:1])
        create_book(book_path, "unit", unit, now).close()
    raw = sqlite3.connect(book_path)
    body = json.dumps(to_plain(replace(plan, repeals=("旧号",))), ensure_ascii=False)
    raw.execute("insert into plan values (?, ?)", (plan.id, plan.year))
    digest = hashlib.sha256(body.encode()).hexdigest()
    raw.execute("insert into plan_version values (1, ?, ?, ?, ?, '王')", (plan.id, body, digest, now.isoformat()))
    raw.commit()
    raw.close()
    with open_book(book_path) as migrated:
        (term,) = plans.terms(migrated)
        assert (term.id, term.year, term.document_number, term.repeals) == (
            plan.id,
            2023,
            "京政办发2023年4号",
            ("旧号",),
        )
        plans.save_plan(migrated, replace(plan, title="另一版"), now, "王")
        month = months.open_month(migrated, Period(2023, 3), plan.id, now, "王")
        entries.save(migrated, month, "3-1", {"narrative": "甲", "problems": "乙"}, now, "王")
        steps = [row.step for row in journal.rows(migrated)]
        assert steps == [1, 2, 3, 3]
        assert len(migrated.read("select * from plan_term")) == 2


def test_what_travels_makes_room_beside_what_is_there(
    book_path: Path, unit: Unit, plan: Plan, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(migrations, "STEPS", migrations.STEPS[:2])
        create_book(book_path, "unit", unit, now).close()
    before = {name for _kind, name, _sql in schema(book_path)}
    with open_book(book_path) as migrated:
        plans.save_plan(migrated, plan, now, "王")
        month = months.open_month(migrated, Period(2023, 3), plan.id, now, "王")
        digest = hashlib.sha256(b"r").hexdigest()
        said = [Remark("3-1", "percent", "不对")]
        transfers.record_in(
            migrated, digest, "return", "r.pdf", "退回", b"r", now, close_month=None, actor="王",
            also=lambda connection: remarks.put(connection, month, digest, said, "局", now),
        )  # fmt: skip
        (found,) = remarks.standing(migrated, month.period, 1)
        remarks.answer(migrated, month, found, "已改", now, "王")
        assert remarks.answered_in(migrated, month.id) == {found.id: "已改"}
    made = {name for _kind, name, _sql in schema(book_path)} - before
    assert {"remark", "remark_answer", "pack", "bureau_digest"} <= made


def test_the_year_makes_room_for_marks_that_nothing_changes(
    book_path: Path, unit: Unit, plan: Plan, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(migrations, "STEPS", migrations.STEPS[:3])
        create_book(book_path, "unit", unit, now).close()
    mark = Closing(
        "P-2023-03-3-1", MarkAction.CLOSED, Period(2023, 4), "已核查", "李", now.date(), "a.pdf", "0" * 64, now, "王"
    )
    with open_book(book_path) as migrated:
        assert listed.marks(migrated) == ()
        listed.put(migrated, mark)
        assert listed.marks(migrated) == (mark,)
        assert [row.field for row in journal.rows(migrated)] == ["listed:P-2023-03-3-1"]
        done = Activity(
            0, Period(2023, 3), ActivityKind.PUBLICITY, now.date(), "宣传", "政府网站", "", "1-8", now, "王"
        )
        assert activities.activities(migrated) == ()
        kept = activities.add(migrated, done)
        assert activities.activities(migrated) == (kept,)
        activities.remove(migrated, kept, now, "王")
        assert activities.activities(migrated) == ()
        activities.put(migrated, replace(kept, title="更正"))
        assert [each.title for each in activities.activities(migrated)] == ["更正"]
        assert activities.before(migrated, kept.number) == (kept, True)
        plans.save_plan(migrated, plan, now, "王")
        inside = Said(Period(2023, 3), plan.id, "3-1", "narrative", Say.INSIDE)
        public_marks.say(migrated, [(inside, Say.AS_BEFORE)], now, "王")
        assert public_marks.said(migrated, Period(2023, 4)) == (inside,)
        assert public_marks.said(migrated, Period(2023, 2)) == ()
        leak = Leak("3-1", "narrative", "王")
        public_marks.consent(migrated, "2023-03", [leak], "本人同意", now, "王")
        assert [each.reason for each in public_marks.consents(migrated)] == ["本人同意"]
        public_marks.consent(migrated, "2023-03", [leak], "", now, "王")
        assert public_marks.consents(migrated) == ()
        for table in ("listed_mark", "activity", "public_mark", "public_consent"):
            for refused in (f"update {table} set at = 'x'", f"delete from {table}"):
                with pytest.raises(sqlite3.IntegrityError, match=f"{table} cannot change"):
                    migrated.connection.execute(refused)


def test_a_migration_keeps_the_words_and_a_copy_of_the_old_book(
    book: Book, month: Month, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = entries.save(book, month, "3-1", {"narrative": "原话"}, now, "王")
    book.close()
    before = schema(book.path)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, new_column))
    with open_book(book.path) as migrated:
        assert entries.entries(migrated, month.id) == {"3-1": stored}
        assert journal.verify(migrated).intact
        assert migrated.read("pragma foreign_keys") == [(1,)]
        assert entries.save(migrated, month, "3-1", {"narrative": "新话"}, now, "王").narrative == "新话"
    (kept,) = kept_copies.listed(book.path)
    assert kept.reason == f"v{len(migrations.STEPS) - 1}"
    assert schema(kept.path) == before
    monkeypatch.undo()
    with open_book(kept.path) as old:
        assert entries.entries(old, month.id) == {"3-1": stored}


def test_a_migration_that_fails_changes_nothing(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.close()
    before = schema(book.path)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", (*migrations.STEPS, new_column, failing))
        for _ in range(2):
            with pytest.raises(RuntimeError, match="no"):
                open_book(book.path)
    assert schema(book.path) == before
    open_book(book.path).close()
    assert len(kept_copies.listed(book.path)) == 1, "of one version the newest copy is enough"


def test_without_a_copy_there_is_no_migration(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.close()
    before = book.path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, new_column))
    monkeypatch.setattr("desktop_app.store.backups.whole", lambda _written: False)
    with pytest.raises(WorldError, match="核对不上"):
        open_book(book.path)
    assert book.path.read_bytes() == before
    assert kept_copies.listed(book.path) == ()
    assert list(kept_copies.folder_of(book.path).iterdir()) == []
