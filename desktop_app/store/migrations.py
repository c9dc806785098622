"""The schema's history, one named step per version; user_version counts the steps a book has taken.

Not sqlite_utils.Migrations: it commits each step by itself and does not notice a book newer than the program. Here all
pending steps, the guards and the new version are one transaction.
"""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.store import guards, tables

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x59424F4B  # "YBOK"


def first_book(db: "Database") -> None:
    """The tables of the first version."""
    for statement in (*tables.ALL, *tables.INDEXES):
        db.execute(statement)


def steps_and_terms(db: "Database") -> None:
    """Which journal rows were written together, and when each plan is in force, apart from its long text.

    A step is outside the hash: rows of before have none, and what belongs together proves nothing. From here on guards
    refuse a change without a name, and a month's days can be written once.
    """
    db.execute("alter table journal add column step integer")
    db.execute(tables.PLAN_TERM)
    db.execute(f"insert into plan_term (seq, plan_id, term) select seq, plan_id, {tables.TERM} from plan_version")  # noqa: S608 - constant
    db.execute("create index plan_term_by_plan on plan_term (plan_id)")


def what_travels(db: "Database") -> None:
    """Remarks and their answers, packs that were taken in, and what the desk asks of reports without reading them."""
    for statement in tables.TRAVELLING:
        db.execute(statement)


def the_year(db: "Database") -> None:
    """What is kept over the months of a year: marks on listed problems, what was done and may be said in public."""
    for statement in tables.THE_YEAR:
        db.execute(statement)


STEPS: tuple[Callable[["Database"], None], ...] = (first_book, steps_and_terms, what_travels, the_year)


def migrate(connection: sqlite3.Connection, *, finish: Callable[[], None] = lambda: None) -> None:
    """Take every pending step in one transaction, `finish` included; on an error the book is as it was."""
    from sqlite_utils import Database

    db = Database(connection, execute_plugins=False)
    done = int(connection.execute("pragma user_version").fetchone()[0])
    connection.execute("pragma foreign_keys=off")  # a table may be rebuilt; checked as a whole before the commit
    connection.execute("begin immediate")
    try:
        for step in STEPS[done:]:
            step(db)
        guards.set_guards(db)
        connection.execute(f"pragma application_id={APPLICATION_ID}")
        connection.execute(f"pragma user_version={len(STEPS)}")
        finish()
        broken = connection.execute("pragma foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"a migration broke references: {broken[:3]}")
        connection.execute("commit")
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.execute("pragma foreign_keys=on")
