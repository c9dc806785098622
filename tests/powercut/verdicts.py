"""What is found when a disk that was left by a power cut is opened again, by our own program."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.store import Book, entries, journal, months, open_book
from tests.powercut.disk import State
from tests.powercut.scenes import MADE, MARCH, NOW, REPORT, words

Verdict = Callable[[State, Path, bool], str]


def judged(states: Iterable[State], verdict: Verdict, top: Path) -> Counter[str]:
    """How many states ended how; `top` is the folder whose paths the states have."""
    found: Counter[str] = Counter()
    for number, state in enumerate(states):
        with _laid_out(state, top) as folder:
            said = verdict(state, folder, number % 8 == 0)
        found[said] += 1
        found["states"] += 1
    return found


@contextmanager
def _laid_out(state: State, top: Path) -> Iterator[Path]:
    """The state's files in a folder of their own, in memory where there is a disk in memory."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="powercut-", dir=memory if memory.is_dir() else None))
    try:
        for path, content in state.files.items():
            place = folder / Path(path).relative_to(top)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        yield folder
    finally:
        shutil.rmtree(folder)


def book_of(state: State, folder: Path, thorough: bool) -> str:
    """`kept`, `one more` than acknowledged, `lost`, `corrupt`, or `none yet` before the book was made."""
    told = [int(word) for word in state.acknowledged if word.isdigit()]
    return _book(folder / "book.yuebao", told[-1] if told else 0, made=MADE in state.acknowledged, thorough=thorough)


def _book(path: Path, acknowledged: int, *, made: bool, thorough: bool) -> str:
    try:
        with open_book(path) as book:
            return _saves(book, acknowledged, made=made, thorough=thorough)
    except (ClerkError, WorldError) as refused:
        if not made:
            return "none yet"
        return "lost" if "找不到" in str(refused) or "空文件" in str(refused) else "corrupt"


def _saves(book: Book, acknowledged: int, *, made: bool, thorough: bool) -> str:
    if not journal.verify(book).intact:
        return "corrupt"
    month = months.month(book, MARCH)
    if month is None:
        return "lost" if made else "none yet"
    entry = entries.entries(book, month.id).get("3-1")
    number = int(entry.cumulative) if entry else 0
    if number < acknowledged:
        return "lost"
    if number > acknowledged + 1 or (entry and entry.narrative != words(number)["narrative"]):
        return "corrupt"
    if thorough:
        again = entries.save(book, month, "3-1", words(number + 1), NOW, "王")
        if again.cumulative != number + 1 or not journal.verify(book).intact:
            return "corrupt"
    return "one more" if number > acknowledged else "kept"


def copies_of(state: State, folder: Path, thorough: bool) -> str:
    """The same for the book, and no copy stands under its name that is not whole."""
    for number in range(1, 4):
        copy = folder / f"copy-{number}.yuebao"
        if f"copy {number}" in state.acknowledged and not copy.exists():
            return "lost"
        if copy.exists() and _book(copy, number, made=True, thorough=False) != "kept":
            return "corrupt"
    return book_of(state, folder, thorough)


def restored_of(state: State, folder: Path, thorough: bool) -> str:
    """The book under its name is the one of before or the copy, whole; from each word on only the one it names."""
    wanted = {"undone": (2,), "restored": (1, 2)}.get(state.acknowledged[-1], (2, 1))
    for number in wanted:
        if _book(folder / "book.yuebao", number, made=True, thorough=False) == "kept":
            return _with_the_other(folder, number, "restored" in state.acknowledged)
    return "corrupt"


def _with_the_other(folder: Path, number: int, restored: bool) -> str:
    """The book that stands aside is whole too once the restore was called done."""
    aside = sorted((folder / "book.yuebao.backups").glob("*-undo.yuebao"))
    held = [path for path in aside if _book(path, 3 - number, made=True, thorough=False) == "kept"]
    return "lost" if restored and not held else "kept"


def delivery_of(state: State, folder: Path, thorough: bool) -> str:
    """A report under its name is whole, and what was said to be delivered is there."""
    for number in range(1, 4):
        path = folder / ("report.pdf" if number == 1 else f"report({number}).pdf")
        if path.exists() and path.read_bytes() != REPORT * number:
            return "corrupt"
        if not path.exists() and f"delivered {number}" in state.acknowledged:
            return "lost"
    return "kept"
