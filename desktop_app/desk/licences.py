"""Whose work is inside the program, and under which licence: a list, each text, and both as a page."""

import json
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from desktop_app import __version__, assets
from desktop_app.errors import UsageError
from desktop_app.language import N_, _

KINDS = {
    "package": N_("Python 包"),
    "library": N_("程序库"),
    "font": N_("字体"),
    "data": N_("数据"),
}
OWN = "GPL-3.0-or-later"


@dataclass(frozen=True)
class Licence:
    """`licence` as SPDX writes it; `texts` lie in the package's own folder, `ours` in resources/."""

    name: str
    version: str
    licence: str
    kind: str
    texts: tuple[str, ...]
    ours: tuple[str, ...]


def licences() -> tuple[Licence, ...]:
    """Everything by others that runs or shows in the program; a developer's tools are not inside."""
    rows = json.loads(assets.read_text("licences", "third-party.json"))["licences"]
    return tuple(
        Licence(
            row["name"],
            row["version"],
            row["licence"],
            row["kind"],
            tuple(row.get("texts", ())),
            tuple(row.get("ours", ())),
        )
        for row in rows
        if row["use"] != "development"
    )


def licence_of(name: str) -> Licence:
    """By its name, in any case; raises UsageError."""
    for row in licences():
        if row.name.casefold() == name.casefold():
            return row
    raise UsageError(_("程序里没有「{name}」。").format(name=name), _("用 yuebao licences 列出全部名称。"))


def text_of(row: Licence) -> str:
    """The whole text of its licence; "" where it needs none, or was left out when the program was put together."""
    found = [assets.read_text(*part.split("/")) for part in row.ours if assets.exists(*part.split("/"))]
    try:
        held = distribution(row.name) if row.texts else None
    except PackageNotFoundError:
        held = None
    if held is not None:
        found += [text for text in (_read(held, place) for place in row.texts) if text]
    return "\n\n".join(text.strip("\n") for text in found)


def _read(held: Distribution, place: str) -> str | None:
    try:
        return held.read_text(place)
    except UnicodeDecodeError as problem:  # a few are older than UTF-8
        return bytes(problem.object).decode("latin-1")


def page() -> str:
    """The list as Markdown; a name leads to its text (`licence:NAME`)."""
    head = _("月报 {version}，许可：{licence}。程序不带任何担保。").format(version=__version__, licence=OWN)
    words = _("里面有下列各方的作品；点名称看许可全文。")
    title, columns = _("关于和第三方许可"), (_("名称"), _("版本"), _("许可"))
    parts = [f"# {title}\n", f"{head}\n", f"{words}\n"]
    for kind, word in KINDS.items():
        parts.append(f"## {_(word)}\n\n| {' | '.join(columns)} |\n| --- | --- | --- |")
        parts += [
            f"| [{row.name}](<licence:{row.name}>) | {row.version or '—'} | {row.licence} |"
            for row in licences()
            if row.kind == kind
        ]
        parts.append("")
    return "\n".join(parts)
