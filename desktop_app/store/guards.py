"""Triggers that hold whatever code runs above them. Set anew after every migration, because a rebuilt table loses them.

They are part of the schema: a change here needs a new step in migrations.py, so that older books get it too.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPEND_ONLY = (
    "journal", "plan", "plan_version", "plan_term", "sealed", "sealed_pdf", "outbox", "inbox", "enrolled",
    "bureau_report", "bureau_answer", "remark", "pack", "bureau_digest", "listed_mark", "activity",
    "public_mark", "public_consent",
)  # fmt: skip
OF_A_DRAFT = ("entry", "explanation", "evidence", "remark_answer")
STEPS_OF_A_MONTH = (
    ("draft", "sealed"), ("sealed", "signed"), ("signed", "handed_in"), ("signed", "received"), ("signed", "returned"),
    ("handed_in", "received"), ("handed_in", "returned"), ("received", "returned"),
)  # fmt: skip

_STATE = "(select state from month where id = {0}.month_id)"


def set_guards(db: "Database") -> None:
    """Drop every trigger and create them all afresh, for the tables that are there (tests stop at an early step)."""
    for (name,) in db.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        db.execute(f'drop trigger "{name}"')
    there = {name for (name,) in db.execute("select name from sqlite_schema where type = 'table'").fetchall()}
    for statement in guards():
        if statement.partition(" on ")[2].split()[0] in there:
            db.execute(statement)


def guards() -> tuple[str, ...]:
    """Every trigger as SQL."""
    found = [_refuse("book", event, "1") for event in ("update", "delete")]
    for table in APPEND_ONLY:
        found += [_refuse(table, event, "1") for event in ("update", "delete")]
    for table in OF_A_DRAFT:
        old, new = (f"{_STATE.format(side)} is not 'draft'" for side in ("old", "new"))
        found += [
            _refuse(table, "insert", new),
            _refuse(table, "update", f"{old} or {new}"),
            _refuse(table, "delete", old),
        ]
    return (*found, *_of_months(), *_of_sealed_things(), _of_the_chain(), _refuse("blob", "update", "1"))


def _refuse(table: str, event: str, when: str, name: str = "") -> str:
    return (
        f"create trigger {table}_{name or event} before {event} on {table} when {when} "
        f"begin select raise(abort, '{table} cannot change like this'); end"
    )


def _of_months() -> tuple[str, ...]:
    pairs = ", ".join(f"('{before}', '{after}')" for before, after in STEPS_OF_A_MONTH)
    step = f"old.state <> new.state and (old.state, new.state) not in (values {pairs})"
    identity = " or ".join(f"old.{name} is not new.{name}" for name in ("id", "period", "revision", "opened_at"))
    settled = "old.state <> 'draft' and (old.plan_id <> new.plan_id or old.reason <> new.reason)"
    # Each is written once, in the state that it speaks of; a return may come after a receipt.
    handed_in = (
        "new.handed_in_at is not old.handed_in_at and (old.handed_in_at is not null or new.state <> 'handed_in')"
    )
    closed = (
        "new.closed_at is not old.closed_at and "
        "not (new.state = 'returned' or (new.state = 'received' and old.closed_at is null))"
    )
    return (
        _refuse("month", "insert", "new.state <> 'draft'"),
        _refuse("month", "update", f"{identity} or {settled} or ({step}) or ({handed_in}) or ({closed})"),
        _refuse("month", "delete", "1"),
    )


def _of_sealed_things() -> tuple[str, ...]:
    state = _STATE.format("new")
    locked = "exists (select 1 from sealed_pdf where month_id = new.month_id and final = 1)"
    return (
        _refuse("sealed", "insert", f"{state} is not 'draft'"),
        _refuse("sealed_pdf", "insert", f"{state} not in ('draft', 'sealed') or {locked}"),
        _refuse("outbox", "insert", f"{state} in ('draft', 'sealed')"),
    )


def _of_the_chain() -> str:
    """A journal row continues the chain where it ends, and nowhere else; somebody wrote it."""
    follows = (
        "new.seq = coalesce((select max(seq) from journal), 0) + 1 and "
        "new.prev = coalesce((select hash from journal order by seq desc limit 1), zeroblob(32))"
    )
    return _refuse("journal", "insert", f"not ({follows}) or trim(new.actor) = ''")
