"""Names for evidence inside a PDF: readable in any reader's list, one per file, safe on any disk."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from desktop_app.exchange.names import safe_name
from desktop_app.model.entry import Evidence


def evidence_names(evidence: Sequence[Evidence]) -> dict[str, str]:
    """Sha256 to attachment name, once per file: 佐证_3-9_照片.jpg; a repeated name gets a number."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for item in evidence:
        if item.sha256 in names:
            continue
        first = PurePosixPath(safe_name(f"佐证_{item.task_id}_{item.name}"))
        name, number = first.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{first.stem}({number}){first.suffix}"
        taken.add(name.casefold())
        names[item.sha256] = name
    return names
