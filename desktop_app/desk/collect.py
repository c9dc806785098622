"""Look for what has come: in a folder or at a place, each file once; what is refused is kept with its reason."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from desktop_app.desk import receive as receiving
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import LARGEST, read_file
from desktop_app.desk.receive import NotTaken, Received, Taken
from desktop_app.desk.steps import Steps, at_once
from desktop_app.errors import ClerkError
from desktop_app.exchange import open_envelope
from desktop_app.exchange.carrying import Watch
from desktop_app.exchange.names import safe_name
from desktop_app.exchange.reaching import reach
from desktop_app.language import _
from desktop_app.model.place import Place
from desktop_app.store import bureau as enrolments
from desktop_app.store import deliveries as kept
from desktop_app.store import months, sealed, transfers
from desktop_app.store.deliveries import Came

ENDINGS = (".pdf", ".json")
MOST_FILES = 2000
_READING = "read"


@dataclass(frozen=True)
class Looked:
    """What became of what lay there. `passed_over`: known already, or nothing that concerns this book."""

    taken: tuple[Taken, ...]
    refused: tuple[NotTaken, ...]
    passed_over: tuple[NotTaken, ...]


@dataclass(frozen=True)
class Fetched:
    """Copies of what lies at a place, in a folder that is gone when it is closed; `skipped` was left there, and why."""

    files: tuple[Path, ...]
    skipped: tuple[NotTaken, ...]
    where: str = ""
    _folder: "tempfile.TemporaryDirectory[str] | None" = None

    def shown(self, file: Path) -> str:
        """What to call a file: where it lies, not where its copy does."""
        return f"{self.where}/{file.name}" if self._folder else str(file)

    def close(self) -> None:
        """Remove the copies."""
        if self._folder is not None:
            self._folder.cleanup()


def fetch(place: Place, secret: str = "", watch: Watch | None = None) -> Fetched:
    """Bring what may be for us here; may be called in any thread. A folder's files are read where they are."""
    looking = watch or Watch()
    with reach(place, secret) as carrier:
        there = [(name, size) for name, size in carrier.names() if _wanted(name)]
        skipped = [NotTaken(name, _("文件太大，没有读。")) for name, size in there if size > LARGEST]
        skipped += [NotTaken(name, _("文件太多，这次没有读。")) for name, _size in there[MOST_FILES:]]
        wanted = [(name, size) for name, size in there[:MOST_FILES] if size <= LARGEST]
        if not place.remote:
            return Fetched(tuple(Path(place.address) / name for name, _size in wanted), tuple(skipped))
        folder = tempfile.TemporaryDirectory(prefix="yuebao-")
        try:
            files = []
            for number, (name, size) in enumerate(wanted):
                looking.at(_READING, number, len(wanted))
                copy = Path(folder.name) / str(number) / safe_name(name)
                copy.parent.mkdir()
                _copy(carrier.read(name), copy, size)
                files.append(copy)
        except BaseException:
            folder.cleanup()
            raise
    return Fetched(tuple(files), tuple(skipped), place.shown, folder)


def look(desk: Desk, fetched: Fetched) -> Looked:
    """Take in what is for us, each once; one bad file does not stop the others."""
    return at_once(looking(desk, fetched))


def looking(desk: Desk, fetched: Fetched) -> Steps[Looked]:
    """The same step by step."""
    taken: list[Taken] = []
    refused: list[NotTaken] = []
    passed: list[NotTaken] = list(fetched.skipped)
    for file in fetched.files:
        try:
            why = yield from _concerns_nobody(desk, read_file(file))
        except ClerkError as problem:
            refused.append(NotTaken(fetched.shown(file), str(problem)))
            continue
        if why:
            passed.append(NotTaken(fetched.shown(file), why))
            continue
        done = yield from taking(desk, [file])
        taken += [replace(row, file=fetched.shown(file)) for row in done.taken]
        refused += [replace(row, file=fetched.shown(file)) for row in done.refused]
    return Looked(tuple(taken), tuple(refused), tuple(passed))


def collect(desk: Desk, place: Place, secret: str = "") -> Looked:
    """Both in one: look at a place and take in what is for us."""
    fetched = fetch(place, secret)
    try:
        return look(desk, fetched)
    finally:
        fetched.close()


def take(desk: Desk, files: Sequence[Path], *, preview: bool = False) -> Received:
    """Files that were named one by one; what is refused is kept with its reason. `preview` keeps nothing."""
    return at_once(taking(desk, files, preview=preview))


def taking(desk: Desk, files: Sequence[Path], *, preview: bool = False) -> Steps[Received]:
    """The same step by step."""
    done = yield from receiving.receiving(desk, files, preview=preview)
    for row in () if preview else done.refused:
        try:
            data = read_file(Path(row.file))
        except ClerkError:
            continue  # nothing came in at all
        kind, _unit = yield partial(_says_of_itself, data)
        kept.turn_away(desk.book, data, kind, Path(row.file).name, row.reason, desk.now(), desk.actor)
    return done


def taking_again(desk: Desk, name: str, data: bytes) -> Steps[Received]:
    """A file that was looked at before, from its bytes, step by step: what it lay on may be gone meanwhile."""
    with tempfile.TemporaryDirectory(prefix="yuebao-") as folder:
        copy = Path(folder) / safe_name(name)
        copy.write_bytes(data)
        done = yield from taking(desk, [copy])
    taken = tuple(replace(row, file=name) for row in done.taken)
    return Received(taken, tuple(replace(row, file=name) for row in done.refused))


def inbox(desk: Desk) -> tuple[Came, ...]:
    """What came in, with its effect, and what was turned away, with the reason; by time."""
    return kept.came(desk.book)


def _wanted(name: str) -> bool:
    return name.lower().endswith(ENDINGS) and not name.startswith(".")


def _copy(blocks: Iterator[bytes], copy: Path, size: int) -> None:
    """At most a little more than what the place said: a server that sends without end is not listened to."""
    written = 0
    with copy.open("wb") as file:
        for block in blocks:
            written += len(block)
            if written > max(size, LARGEST):
                break
            file.write(block)


def _concerns_nobody(desk: Desk, data: bytes) -> Steps[str]:
    """Why a file needs no look: it came before, it is our own report, or somebody else's; "" where it needs one."""
    digest = hashlib.sha256(data).hexdigest()
    if transfers.arrived(desk.book, digest):
        return _("以前已经收过，没有变化。")
    marks = [mark for month in months.months(desk.book) if (mark := sealed.mark(desk.book, month.id))]
    if any(mark.pdf_sha256 == digest for mark in marks):
        return _("这是本单位自己的月报。")
    kind, unit = yield lambda: _says_of_itself(data)
    if kind == "report" and not receiving.continues_ours(desk, data):
        if enrolments.report(desk.book, digest) is not None:
            return _("以前已经收过，没有变化。")
        if unit not in {row.unit_name for row in enrolments.enrolled(desk.book)}:
            return _("这是月报，不是发给本单位的。")
    return ""


def _says_of_itself(data: bytes) -> tuple[str, str]:
    """Kind, and the unit that a report says it is of, both unverified; "" where a file says nothing."""
    try:
        found = open_envelope(data)
        return str(found.kind or ""), str(found.data.get("unit", {}).get("name", ""))
    except (ClerkError, AttributeError, TypeError):
        return "", ""
