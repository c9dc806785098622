"""A clerk at the seat: eyes (the screen reader), hands (xdotool), and a second reader for the book."""

import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import ImageGrab

from tests.screen.seat import TOP, Node, Seat, until

BUTTONS = ("push button", "check box", "radio button", "toggle button")
FIELDS = ("text", "combo box", "spin button", "password text")


@dataclass
class Hands:
    """Hands and eyes on the program that runs at a seat."""

    seat: Seat
    book: Path
    program: subprocess.Popen[bytes]
    pictures: Path
    _taken: int = 0

    def press(self, *keys: str) -> None:
        """Keys one after the other, in X's words: ctrl+2, Return, Escape."""
        self.seat.run("xdotool", "key", "--clearmodifiers", "--delay", "15", *keys)

    def write(self, text: str) -> None:
        """Letters key by key, as they would be typed; an input method may make something else of them."""
        self.seat.run("xdotool", "type", "--clearmodifiers", "--delay", "25", text)

    def find(self, name: str, *roles: str, exact: bool = False) -> Node | None:
        """What is shown with these words in its name, at once."""
        found: Node | None = self.seat.ask(do="find", name=name, roles=list(roles), exact=exact)
        return found

    def wait_for(self, name: str, *roles: str, exact: bool = False) -> Node:
        """The same, once it is there."""
        node: Node = until(lambda: self.find(name, *roles, exact=exact), f"{name} {roles} on the screen")
        return node

    def click(self, name: str, *roles: str, exact: bool = False) -> None:
        """A click into the middle of a control, once it can be used."""

        def usable() -> Node | None:
            node = self.find(name, *(roles or BUTTONS), exact=exact)
            return node if node and "enabled" in node["states"] else None

        x, y, width, height = until(usable, f"{name} to be clicked")["box"]
        self.seat.run("xdotool", "mousemove", str(x + width // 2), str(y + height // 2), "click", "1")

    def focus(self) -> Node:
        """Where the cursor is."""
        node: Node = until(lambda: self.seat.ask(do="focus"), "a focus")
        return node

    def focus_in(self, name: str) -> Node:
        """Where the cursor is, once that is a control of this name or label."""

        def there() -> Node | None:
            node = self.seat.ask(do="focus")
            return node if node and name in said(node) else None

        node: Node = until(there, f"the cursor in {name}")
        return node

    def tree(self) -> list[Node]:
        """Everything that is shown."""
        nodes: list[Node] = self.seat.ask(do="tree")
        return nodes

    def copy(self, text: str) -> None:
        """Put text on the real clipboard, as another program would."""
        file = self.seat.folder / "copied.txt"
        file.write_bytes(text.encode())
        self.seat.start("xclip", "-selection", "clipboard", "-quiet", "-i", str(file))
        until(lambda: self.seat.tried("xclip", "-selection", "clipboard", "-o") == text, "the clipboard")

    def paste(self, text: str) -> None:
        """Words that come from elsewhere, through the clipboard."""
        self.copy(text)
        self.press("ctrl+v")

    def picture(self, name: str) -> Path:
        """The whole screen as it is now, among the pictures kept."""
        self._taken += 1
        file = self.pictures / f"{self._taken:02d}-{name}.png"
        ImageGrab.grab(xdisplay=self.seat.environment["DISPLAY"]).save(file, optimize=True)
        return file

    def in_book(self, task: str, field: str, period: str = "2023-03") -> object:
        """What a second reader finds in the book's file now."""
        rows = self._query(
            f"select e.{field} from entry e join month m on m.id = e.month_id "
            "where m.period = ? and e.task_id = ? order by m.revision desc",
            period, task,
        )  # fmt: skip
        return rows[0][0] if rows else None

    def ever_in_book(self, task: str, field: str) -> list[str]:
        """Every value that was ever written into a field, oldest first: the journal forgets nothing."""
        rows = self._query("select new from journal where task_id = ? and field = ? order by seq", task, field)
        return [str(new) for (new,) in rows]

    def _query(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        """Ask a copy: the program holds its book for itself. The log beside it belongs to what is on disk."""
        copy = self.seat.folder / "second-reader.db"
        for _attempt in range(20):  # a copy taken while something is being written may be no whole one
            for end in ("", "-wal"):
                copy.with_name(copy.name + end).unlink(missing_ok=True)
                if (there := self.book.with_name(self.book.name + end)).exists():
                    shutil.copy(there, copy.with_name(copy.name + end))
            reader = sqlite3.connect(copy)
            try:
                return reader.execute(question, values).fetchall()
            except sqlite3.DatabaseError:
                time.sleep(0.05)
            finally:
                reader.close()
        raise AssertionError("the book cannot be read beside the program")

    def leave(self) -> None:
        """Close the window as a person does, and see that the program ends well."""
        self.press("alt+F4")
        assert self.program.wait(20) == 0
        self.seat.end(self.program)


def said(node: Node) -> str:
    """The name and the labels of a control, together."""
    return " ".join([node["name"], *node["relations"].get("labelled-by", [])])


def open_program(seat: Seat, book: Path, pictures: Path, *words: str, input_method: str = "fcitx") -> Hands:
    """The real program on a book of its own, in a real window; its words and folders are the seat's."""
    program = seat.start(
        sys.executable, "-m", "desktop_app", "--book", str(book), "--today", "2023-04-04", *words,
        PYTHONPATH=str(TOP), PYTHONDONTWRITEBYTECODE="1", QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
        QT_IM_MODULE=input_method, QT_LOGGING_TO_CONSOLE="1",
    )  # fmt: skip
    hands = Hands(seat, book, program, pictures)

    until(lambda: _shown(seat, program), "the window")
    return hands


def _shown(seat: Seat, program: subprocess.Popen[bytes]) -> bool:
    assert program.poll() is None, (seat.folder / f"{Path(sys.executable).name}.log").read_text()
    tree = seat.ask(do="focus")
    return tree is not None
