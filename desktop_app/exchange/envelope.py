"""What a PDF from outside carries: its data and its attachments, read within bounds and believed in nothing."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.exchange.canonical import digest
from desktop_app.exchange.schema import CALENDAR, PLAN, RECEIPT, REPORT, RETURN, validate
from desktop_app.exchange.scripts import refuse_scripts
from desktop_app.exchange.strangers import LARGEST_STREAM, bound_qpdf, look_over
from desktop_app.exchange.strict_json import read_json
from desktop_app.language import N_, _

MOST_ATTACHMENTS = 2000
LARGEST_SUM = 200 * 1024 * 1024

KINDS = {
    "report.json": ("report", REPORT),
    "receipt.json": ("receipt", RECEIPT),
    "return.json": ("return", RETURN),
    "plan.json": ("plan", PLAN),
    "calendar.json": ("calendar", CALENDAR),
}
KIND_WORDS = {
    "report": N_("月报"),
    "receipt": N_("回执"),
    "return": N_("退回单"),
    "plan": N_("任务表"),
    "calendar": N_("工作日历"),
}


@dataclass(frozen=True)
class Envelope:
    """An opened file. `attachments`: name to (media type, bytes), the data itself among them.

    `problems`: sentences on evidence that is missing, changed or not listed. Signatures are not looked at here.
    """

    kind: str
    data: dict[str, Any]
    data_bytes: bytes
    attachments: dict[str, tuple[str, bytes]]
    problems: tuple[str, ...]


def open_envelope(pdf: bytes) -> Envelope:
    """Read the data of any kind that travels; ClerkError for anything else, for what is broken, or is newer."""
    look_over(pdf)
    attachments = _attachments(pdf)
    found = [name for name in KINDS if name in attachments]
    if not found:
        raise ClerkError(
            _("这个 PDF 里没有本程序的数据（月报、回执、退回单、任务表、工作日历都不是）。"),
            _("请检查是否选错了文件。"),
        )
    if len(found) > 1:
        kinds = "、".join(_(KIND_WORDS[KINDS[name][0]]) for name in found)
        raise ClerkError(
            _("这个 PDF 里同时有{kinds}，不能判断是什么文件。").format(kinds=kinds), _("请让对方重新生成。")
        )
    kind, document = KINDS[found[0]]
    data_bytes = attachments[found[0]][1]
    data = read_json(data_bytes, found[0])
    if data.get("format") in {known for _kind, known in KINDS.values()} and data["format"] != document:
        raise ClerkError(_("{name} 里装的不是{name}的数据。").format(name=found[0]), _("请让对方重新生成。"))
    validate(data)
    return Envelope(kind, data, data_bytes, attachments, tuple(_evidence_problems(kind, data, attachments)))


def _evidence_problems(kind: str, data: dict[str, Any], attachments: dict[str, tuple[str, bytes]]) -> Iterator[str]:
    """Listed evidence must be there byte for byte, and nothing may be there that is not listed."""
    there = {digest(content): name for name, (_type, content) in attachments.items() if name not in KINDS}
    items = data["evidence"] if kind == "report" else [data["file"]] if kind == "plan" else []
    listed = {item["sha256"]: item for item in items}
    for sha256, item in listed.items():
        what = _("任务表原件") if kind == "plan" else _("任务 {task} 的佐证材料").format(task=item["task_id"])
        if sha256 not in there:
            yield _("{what}「{name}」缺失或已被改动。").format(what=what, name=item["name"])
        elif len(attachments[there[sha256]][1]) != item["size"]:
            yield _("{what}「{name}」大小与清单不符。").format(what=what, name=item["name"])
    for sha256, name in there.items():
        if sha256 not in listed:
            yield _("文件里夹带了清单以外的附件「{name}」。").format(name=name)


def _attachments(pdf: bytes) -> dict[str, tuple[str, bytes]]:
    """Name to media type and bytes, within bounds; ClerkError for a broken file and for two files of one name."""
    import pikepdf

    files: dict[str, tuple[str, bytes]] = {}
    room = LARGEST_SUM
    bound_qpdf()
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True, inherit_page_attributes=False) as document:
            refuse_scripts(document)
            for spec in _specifications(document):
                name = _name(spec)
                if name in files:
                    raise ClerkError(
                        _("这个 PDF 里有两个同名的附件「{name}」。").format(name=name), _("请让对方重新生成。")
                    )
                stream = _content(spec)
                data = _unfolded(stream, room)
                room -= len(data)
                files[name] = (str(stream.get("/Subtype", "/"))[1:], data)
    except ClerkError:
        raise
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, zlib.error) as reason:
        raise _broken() from reason
    except (RuntimeError, NotImplementedError, OverflowError) as reason:  # what qpdf's bindings raise on wild input
        raise _broken() from reason
    return files


def _broken() -> ClerkError:
    return ClerkError(_("这个 PDF 已损坏，读不出其中的数据。"), _("请让对方重新发送；经优盘拷贝的请重新拷贝。"))


def _specifications(document: Any) -> Iterator[Any]:
    """Every file specification that the catalog leads to, each once: by the name tree and by AF."""
    import pikepdf

    root = document.Root
    names = root.get("/Names", pikepdf.Dictionary())
    seen: set[tuple[int, int]] = set()
    associated = list(root.get("/AF", pikepdf.Array()))[: MOST_ATTACHMENTS + 1]
    for spec in [*_leaves(names.get("/EmbeddedFiles")), *associated]:
        if spec.objgen == (0, 0) or spec.objgen not in seen:
            seen.add(spec.objgen)
            if len(seen) > MOST_ATTACHMENTS:
                raise _crowded()
            yield spec


def _crowded() -> ClerkError:
    return ClerkError(_("这个 PDF 里的附件多得不正常，没有读取。"), _("请让对方重新生成。"))


def _leaves(tree: Any) -> Iterator[Any]:
    """The values of a name tree; bounded, so that a tree that contains itself ends too."""
    waiting, looked_at, found = [tree] if tree is not None else [], 0, 0
    while waiting:
        node = waiting.pop()
        looked_at += 1
        pairs = list(node.get("/Names", ()))
        found += len(pairs) // 2
        if looked_at > MOST_ATTACHMENTS or found > MOST_ATTACHMENTS:
            raise _crowded()
        yield from pairs[1::2]
        waiting.extend(list(node.get("/Kids", ()))[:MOST_ATTACHMENTS])


def _name(spec: Any) -> str:
    """The attachment's one name; a file that goes by two is refused, for readers would not agree."""
    names = {str(spec[key]) for key in ("/UF", "/F") if key in spec}
    if len(names) != 1:
        raise _broken()
    return names.pop()


def _content(spec: Any) -> Any:
    """The embedded stream; refused where a reader could find another one under another key."""
    import pikepdf

    streams = [spec.EF[key] for key in spec.EF.keys()]  # noqa: SIM118 - a pikepdf dictionary iterates over pairs
    if not streams or not all(isinstance(stream, pikepdf.Stream) for stream in streams):
        raise _broken()
    if len({stream.objgen for stream in streams}) != 1:
        raise _broken()
    return streams[0]


def _unfolded(stream: Any, room: int) -> bytes:
    """A stream's bytes, plain or Flate, never more than the room there is."""
    import pikepdf

    raw: bytes = stream.read_raw_bytes()
    filters, most = stream.get("/Filter"), min(room, LARGEST_STREAM)
    if isinstance(filters, pikepdf.Array):
        filters = filters[0] if len(filters) == 1 else pikepdf.Name.Unknown if len(filters) else None
    if filters is None:
        data, whole = raw, True
    elif filters == pikepdf.Name.FlateDecode and "/DecodeParms" not in stream:
        unfold = zlib.decompressobj()
        data = unfold.decompress(raw, most + 1)
        whole = unfold.eof
    else:
        raise _broken()
    if len(data) > most:
        raise _crowded()
    if not whole:
        raise _broken()
    return data
