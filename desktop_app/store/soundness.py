"""Is this a book of ours, are its pages whole, and does what is kept still say what was kept."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import N_, _
from desktop_app.model.entry import ENTRY_FIELDS, FIELD_LABELS
from desktop_app.store import cipher, migrations
from desktop_app.store.cipher import Secret
from desktop_app.store.faults import damaged, database_errors
from desktop_app.store.journal import ROWS_IN_ORDER, verify_rows

# Table, what a person calls it, the bytes and their digest; where `who` is a column, it says which one.
_DIGESTS = (
    ("sealed_pdf", N_("签署原件"), "pdf", "pdf_sha256"),
    ("sealed", N_("签署时的数据"), "data", "data_digest"),
    ("blob", N_("佐证材料"), "data", "sha256"),
    ("plan_version", N_("任务表"), "body", "body_sha256"),
    ("inbox", N_("收到的文件"), "data", "sha256"),
    ("bureau_report", N_("收到的月报"), "pdf", "sha256"),
    ("bureau_answer", N_("出具的回执"), "receipt", "receipt_sha256"),
)


def recognise(connection: sqlite3.Connection, path: Path, secret: Secret | None = None) -> int:
    """The schema version of a file that says it is a book of ours and that this program can read."""
    try:
        application_id = connection.execute("pragma application_id").fetchone()[0]
    except database_errors() as problem:
        if getattr(problem, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_NOTADB:
            raise
        application_id = None
        mark = secret.mark if secret else cipher.mark_of(path)
        if mark is not None:
            raise (cipher.wrong_key if secret else cipher.no_key)(path, mark) from None
    if application_id != migrations.APPLICATION_ID:
        raise ClerkError(_("{name} 不是月报填报簿。").format(name=path.name), _("请选择本程序建立的填报簿文件。"))
    version = int(connection.execute("pragma user_version").fetchone()[0])
    if version > len(migrations.STEPS):
        raise WorldError(
            _("{name} 是更新版本的程序建立的，这个版本打不开。").format(name=path.name),
            _("请升级程序；文件没有改动。"),
        )
    if version < 1:
        raise damaged(path)
    return version


def whole(connection: sqlite3.Connection, table: str = "") -> bool:
    """Whether the pages are whole, of the file or of one table and its indexes."""
    asked = f"pragma quick_check('{table}')" if table else "pragma quick_check(1)"
    return bool(connection.execute(asked).fetchone()[0] == "ok")


def tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Every table, for checks in small steps."""
    found = connection.execute("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    return tuple(name for (name,) in found)


def flaws(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is kept and no longer is what was kept, in words: SQLite's own check does not see a byte inside a value."""
    chain = verify_rows(connection.execute(ROWS_IN_ORDER))
    broken = () if chain.intact else (_("日志从第 {number} 条起对不上").format(number=chain.first_bad),)
    return (*broken, *_digest_flaws(connection), *_word_flaws(connection))


def _digest_flaws(connection: sqlite3.Connection) -> Iterator[str]:
    for table, called, column, digest in _DIGESTS:
        months = table in ("sealed", "sealed_pdf")
        which = "(select period from month where id = month_id)" if months else "''"
        for data, wanted, place in connection.execute(f"select {column}, {digest}, {which} from {table}"):  # noqa: S608 - own names
            if sha256(data.encode() if isinstance(data, str) else data).hexdigest() != wanted:
                yield _("{what}（{where}）与保存时不符").format(what=_(called), where=place or wanted[:8])


def _word_flaws(connection: sqlite3.Connection) -> Iterator[str]:
    """Fields whose text is not what the journal says was last written there."""
    last = _last_written(connection)
    numbered = connection.execute("select id, period, revision from month").fetchall()
    places = {month_id: (period, revision) for month_id, period, revision in numbered}
    names = ", ".join(("month_id", "task_id", *ENTRY_FIELDS))
    for month_id, task, *values in connection.execute(f"select {names} from entry"):  # noqa: S608 - own names
        period, revision = places.get(month_id, ("", 0))
        for field, value in zip(ENTRY_FIELDS, values, strict=True):
            text = ("true" if value else "false") if field == "nil" else value
            said = last.get((period, revision, task, field), _UNTOUCHED.get(field, ""))
            if text != said:
                yield _("{where} 与日志记载不符").format(where=f"{period} {task} {_(FIELD_LABELS.get(field, field))}")


_UNTOUCHED = {
    "status": None,
    "this_month": None,
    "cumulative": None,
    "percent": None,
    "under_way": None,
    "nil": "false",
}


def _last_written(connection: sqlite3.Connection) -> dict[tuple[str, int, str, str], str | None]:
    last: dict[tuple[str, int, str, str], str | None] = {}
    moved: dict[tuple[str, int, str, str], str | None] = {}
    asked = "select period, revision, task_id, field, old, new from journal where period is not null order by seq"
    for period, revision, task, field, old, new in connection.execute(asked):
        if field == "task":  # the words went over to another number; others may move into its place in the same breath
            for name in ENTRY_FIELDS:
                if (period, revision, old, name) in last:
                    moved[(period, revision, task, name)] = last.pop((period, revision, old, name))
            continue
        last |= moved
        moved.clear()
        if task is not None:
            last[(period, revision, task, field)] = new
    return last | moved
