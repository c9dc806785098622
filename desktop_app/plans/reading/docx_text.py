"""The words of a Word paragraph as they are read on paper: insertions in, deletions and hidden text out."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .docx_numbering import Numbering, attribute

# What stands beside the text (properties, text boxes, pictures), is crossed out, or says the same a second time.
_ASIDE = {
    "pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "drawing", "pict", "object",
    "txbxContent", "Fallback", "rt", "footnoteReference", "endnoteReference", "commentReference", "annotationRef",
}  # fmt: skip
_SIGNS = {"cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0AB": "★", "F052": "☑", "F050": "✓"}


def cell_text(cell: Any, numbering: Numbering) -> str:
    """All paragraphs of a cell, those of tables inside it as well, one to a line."""
    lines = [paragraph_text(paragraph, numbering) for paragraph in _paragraphs(cell)]
    return "\n".join(lines).strip("\n")


def _paragraphs(element: Any) -> Iterator[Any]:
    for child in element:
        name = local_name(child)
        if name == "p":
            yield child
        elif name not in _ASIDE:
            yield from _paragraphs(child)


def paragraph_text(paragraph: Any, numbering: Numbering) -> str:
    """The paragraph with the mark of its list before it."""
    shaped = len(paragraph) and local_name(paragraph[0]) == "pPr"
    mark = numbering.mark(paragraph[0]) if shaped else ""
    return mark + "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "br":
            yield "" if attribute(child, "type") in ("page", "column") else "\n"
        elif name == "sym":
            yield _SYMBOLS.get(attribute(child, "char").upper(), "")
        elif name not in _ASIDE and not (name == "r" and _is_hidden(child)):
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    if not len(run) or local_name(run[0]) != "rPr":
        return False
    vanish = children(run[0]).get("vanish")
    return vanish is not None and is_on(vanish)


def is_on(switch: Any) -> bool:
    """Whether a property that is present is switched on."""
    return attribute(switch, "val") not in ("0", "false", "off")


def local_name(element: Any) -> str:
    """The element's name without its namespace, "" for comments."""
    return _local(element.tag)


@lru_cache(maxsize=1_000)
def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any) -> dict[str, Any]:
    """What stands directly in an element, by name; nothing in None."""
    return {} if element is None else {_local(child.tag): child for child in element}
