"""Whose work is inside the program, by command."""

from argparse import Namespace

from desktop_app.cli.answer import Answer
from desktop_app.desk import licences
from desktop_app.language import _


def run(options: Namespace) -> Answer:
    """licences [NAME]: the list, or the whole text of one."""
    if options.name is None:
        rows = licences.licences()
        lines = [
            f"{row.name} {row.version}".rstrip() + f"　{row.licence}　{_(licences.KINDS[row.kind])}" for row in rows
        ]
        return Answer({"licences": [_plain(row) for row in rows]}, lines)
    row = licences.licence_of(options.name)
    text = licences.text_of(row)
    return Answer({**_plain(row), "text": text}, [text or _("{licence}：没有附正文。").format(licence=row.licence)])


def _plain(row: licences.Licence) -> dict[str, str]:
    return {"name": row.name, "version": row.version, "licence": row.licence, "kind": row.kind}
