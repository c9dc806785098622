"""The structure tree of a document: written as plain objects, for a big report has tens of thousands of them."""

from typing import Any

from reportlab.pdfbase import pdfdoc

from desktop_app.rendering.structure import Kind, Node

_HEAD = b"/A<</O/Table/Scope/Column>>"


class Tagging:
    """Numbers the pieces of text on every page and remembers whose they are."""

    def __init__(self) -> None:
        self.root = Node(Kind.DOCUMENT)
        self._pages: list[list[Node]] = []

    def page(self) -> None:
        """A new page begins."""
        self._pages.append([])

    def mark(self, node: Node) -> int:
        """The number of the next piece on this page, which belongs to `node`."""
        top = node
        while top.parent is not None:
            top = top.parent
        if top is not self.root:
            self.root.adopt(top)
        here = self._pages[-1]
        node.marks = (*node.marks, (len(self._pages) - 1, len(here)))
        here.append(node)
        return len(here) - 1

    def write(self, document: Any, pages: list[str]) -> None:
        """Put the tree into reportlab's document; `pages` are the names of its pages there."""
        tree = _Objects(document)
        first = tree.last + 2
        nodes = list(self.root.walk())
        numbers = {id(node): first + place for place, node in enumerate(nodes)}
        sheets = [document.idToObjectNumberAndVersion[name][0] for name in pages]
        parents = first + len(nodes)
        where = b"".join(b"%d %d 0 R " % (index, parents + index) for index in range(len(self._pages)))
        root = tree.add(
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>"
            % (first, where, len(self._pages))
        )
        for node in nodes:
            above = numbers[id(node.parent)] if node.parent else first - 1
            tree.add(_element(node, above, numbers, sheets))
        for owners in self._pages:
            tree.add(b"[%s]" % b" ".join(b"%d 0 R" % numbers[id(node)] for node in owners))
        document.Catalog.StructTreeRoot = pdfdoc.PDFObjectReference(root)
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": b"true"})


def _element(node: Node, above: int, numbers: dict[int, int], sheets: list[int]) -> bytes:
    page = node.marks[0][0] if node.marks else None
    kids = [
        b"%d" % number if index == page else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (sheets[index], number)
        for index, number in node.marks
    ]
    kids += [b"%d 0 R" % numbers[id(child)] for child in node.children]
    inside = kids[0] if len(kids) == 1 else b"[%s]" % b" ".join(kids)
    place = b"/Pg %d 0 R" % sheets[page] if page is not None else b""
    said = b"/Alt<FEFF%s>" % node.alt.encode("utf-16-be").hex().upper().encode("ascii") if node.alt else b""
    extra = _HEAD if node.kind is Kind.HEAD_CELL else b""
    return b"<</Type/StructElem/S/%s/P %d 0 R%s/K %s%s%s>>" % (
        node.kind.encode("ascii"), above, place, inside, said, extra,
    )  # fmt: skip


class _Objects:
    """Adds many objects to reportlab's document under consecutive numbers."""

    def __init__(self, document: Any) -> None:
        self._document = document

    @property
    def last(self) -> int:
        """The number of the last object."""
        return int(self._document.objectcounter)

    def add(self, data: bytes) -> str:
        """Add one object; its name."""
        document = self._document
        document.objectcounter = number = document.objectcounter + 1
        name = f"S{number}"
        document.idToObjectNumberAndVersion[name] = (number, 0)
        document.numberToId[number] = name
        document.idToObject[name] = data
        return name
