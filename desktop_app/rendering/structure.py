"""What a page's words are, for a reader that speaks them: headings, paragraphs, tables of rows and cells, pictures."""

from collections.abc import Iterator, Sequence
from enum import StrEnum


class Kind(StrEnum):
    """Standard structure types (ISO 32000-1, 14.8.4)."""

    DOCUMENT = "Document"
    TITLE = "H1"
    SECTION = "H2"
    PARAGRAPH = "P"
    TABLE = "Table"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    FIGURE = "Figure"


class Node:
    """One element. `marks` are its pieces on pages, as (page from 0, number on that page); `alt` replaces a picture."""

    __slots__ = ("alt", "children", "kind", "marks", "parent")

    def __init__(self, kind: Kind, children: "Sequence[Node] | None" = None, alt: str = "") -> None:
        self.kind = kind
        self.alt = alt
        self.children: Sequence[Node] = children or ()  # most are leaves, and there are very many
        self.parent: Node | None = None
        self.marks: Sequence[tuple[int, int]] = ()
        for child in self.children:
            child.parent = self

    def adopt(self, child: "Node") -> None:
        """Take a child at the end; it and what it already hangs on keep their order."""
        child.parent = self
        if not isinstance(self.children, list):
            self.children = [*self.children]
        self.children.append(child)

    def walk(self) -> Iterator["Node"]:
        """This element and everything below it, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))
