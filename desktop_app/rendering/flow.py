"""Fills pages from top to bottom."""

from collections.abc import Sequence

from desktop_app.rendering.blocks import Block, Row
from desktop_app.rendering.page import Frame, Page
from desktop_app.rendering.structure import Kind, Node


class Flow:
    """Pages filled so far, and how far the last one is."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self._y = 0.0

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def top(self) -> float:
        """Where the next block begins."""
        return self._y

    @property
    def room(self) -> float:
        """Height left on this page."""
        return self._y - (self.page.frame.top - self.page.frame.body_height)

    @property
    def fresh(self) -> bool:
        """Whether nothing is on this page yet."""
        return self._y == self.page.frame.top

    def begin(self, frame: Frame) -> None:
        """A new page."""
        self.pages.append(Page(frame))
        self._y = frame.top

    def bookmark(self, level: int, title: str) -> None:
        """An outline entry that leads here."""
        self.page.bookmarks.append((level, title, self._y))

    def need(self, height: float) -> None:
        """Begin a new page unless this much room is left."""
        if height > self.room + 1e-6 and not self.fresh:
            self.begin(self.page.frame)

    def add(self, block: Block) -> None:
        """Set a block, over as many pages as it takes."""
        rest: Block | None = block
        while rest is not None:
            rest = self._place(rest)
            if rest is not None:
                self.begin(self.page.frame)

    def table(self, head: Sequence[Row], rows: Sequence[Row]) -> None:
        """Set rows under a head that is repeated on every page; a split row goes on below the head."""
        head_height = sum(part.height for part in head)
        table = Node(Kind.TABLE)
        for part in (*head, *rows):
            if part.node:
                table.adopt(part.node)
        self.need(head_height + _together(rows))
        self._draw_all(head)
        for index, current in enumerate(rows):
            if _together(rows[index:]) > self.room and self._y < self.page.frame.top - head_height - 1e-6:
                self._turn(head)
            rest = self._place(current)
            while rest is not None:
                self._turn(head)
                rest = self._place(rest, force=True)

    def _turn(self, head: Sequence[Row]) -> None:
        self.begin(self.page.frame)
        self.page.quiet = True
        self._draw_all(head)
        self.page.quiet = False

    def _draw_all(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._draw(block)

    def _draw(self, block: Block) -> None:
        block.draw(self.page, self.page.frame.left, self._y)
        self._y -= block.height

    def _place(self, block: Block, *, force: bool = False) -> Block | None:
        """Draw what fits; return the rest, None when all is drawn."""
        if block.height <= self.room + 1e-6:
            self._draw(block)
            return None
        parts = block.split(self.room)
        if parts is None:
            if self.fresh or force:
                self._draw(block)
                return None
            return block
        self._draw(parts[0])
        return parts[1] if parts[1].height else None


def _together(rows: Sequence[Row]) -> float:
    """Height that the first of these rows must find on one page: itself (or its first lines) and what it stays with."""
    total = 0.0
    for row in rows:
        if row.height > row.whole:
            return total + min(row.height, _first_lines(row))
        total += row.height
        if not row.with_next:
            break
    return total


def _first_lines(row: Row) -> float:
    return 2 * max(cell.style.leading for cell in row.cells) + 6.0
