"""One book for every schema ever shipped: each opens today, keeps every word, and becomes what a fresh book is."""

import ast
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import (
    Book,
    create_book,
    entries,
    evidence,
    journal,
    migrations,
    months,
    open_book,
    plans,
    sealed,
)

HERE = Path(__file__).resolve().parent
VERSIONS = range(1, len(migrations.STEPS) + 1)

Rows = dict[str, list[dict[str, object]]]


def keepsake(version: int) -> Path:
    return HERE / f"book-{version}.sqlite"


def raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def schema(path: Path) -> set[tuple[str, str, str, str]]:
    """Tables, indexes and triggers, blanks and quotes aside."""
    with closing(raw(path)) as opened:
        found = opened.execute("select type, name, tbl_name, sql from sqlite_schema where sql is not null").fetchall()
    return {(kind, name, table, " ".join(sql.replace('"', "").split())) for kind, name, table, sql in found}


def rows(path: Path) -> Rows:
    with closing(raw(path)) as opened:
        tables = [name for (name,) in opened.execute("select name from sqlite_schema where type = 'table'")]
        return {
            table: [dict(row) for row in opened.execute(f"select * from {table} order by rowid")] for table in tables
        }


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def book(version: int, tmp_path: Path) -> Iterator[Book]:
    with open_book(Path(shutil.copy(keepsake(version), tmp_path / "kept.yuebao"))) as opened:
        yield opened


def test_there_is_a_book_of_every_version_and_it_is_of_that_version(version: int) -> None:
    """A step in migrations.py without a keepsake of what it makes fails here."""
    with closing(raw(keepsake(version))) as opened:
        assert opened.execute("pragma user_version").fetchone()[0] == version
        assert opened.execute("pragma application_id").fetchone()[0] == migrations.APPLICATION_ID


def test_it_becomes_what_a_fresh_book_is(book: Book, tmp_path: Path) -> None:
    """Every table, index and trigger."""
    book.close()
    fresh = tmp_path / "fresh.yuebao"
    create_book(fresh, "unit", Unit("1", "某区", UnitKind.DISTRICT, 1), datetime.now().astimezone()).close()
    assert schema(book.path) == schema(fresh)


def test_every_row_of_it_is_still_there(book: Book, version: int) -> None:
    """Value by value, in every column that the old book had."""
    book.close()
    before, after = rows(keepsake(version)), rows(book.path)
    assert before["journal"]
    for table, old in before.items():
        assert len(after[table]) == len(old)
        for was, is_now in zip(old, after[table], strict=True):
            assert was.items() <= is_now.items()


def test_it_is_read_back_as_values(book: Book, version: int) -> None:
    """By the functions that the program itself uses."""
    old = rows(keepsake(version))
    assert journal.verify(book, [old["journal"][-1]["hash"].hex()]).intact
    assert {plan.id for plan in plans.plans(book)} == {row["id"] for row in old["plan"]}
    filled = 0
    for month in months.months(book):
        kept = entries.entries(book, month.id)
        filled += len(kept)
        told = {row["task_id"]: row["narrative"] for row in old["entry"] if row["month_id"] == month.id}
        assert {task: entry.narrative for task, entry in kept.items()} == told
        for item in evidence.evidence(book, month.id):
            assert len(evidence.content(book, item.sha256)) == item.size
        held = sealed.sealed(book, month.id)
        assert held is None or held.pdf.startswith(b"%PDF")
    assert filled == len(old["entry"]) > 100


def test_every_step_has_a_test_of_its_own() -> None:
    """`test_<name of the step>…` in tests/store/test_migrations.py, beside what holds for all steps."""
    tree = ast.parse((HERE.parent / "store" / "test_migrations.py").read_text("utf-8"))
    tests = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    for step in migrations.STEPS:
        assert any(name.startswith(f"test_{step.__name__}") for name in tests), step.__name__
