"""Files made to harm, handed to the receiving desk: a sentence each, bounded; the sound one is taken."""

import functools
import random
import resource
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from desktop_app.desk import bureau
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import create_bureau, open_desk
from desktop_app.store import journal, report_digests
from tests.exchange.planted import rewritten
from tests.exchange.test_hostile_files import KEPT, KINDS, MEMORY, SECONDS, mutations

ZEROS = 80 * 1024 * 1024  # what a bomb unpacks to, over what a stream may


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A desk's book at which the unit of the kept report is enrolled, and that report: nothing is signed here."""
    folder = tmp_path_factory.mktemp("desk")
    desk = create_bureau(folder / "desk.yuebao", today=date(2023, 4, 3))
    bureau.enrol(desk, KEPT / "unit-1.pem")
    desk.close()
    return folder / "desk.yuebao", KEPT / f"{KINDS['report']}.pdf"


@pytest.fixture
def desk(handed_in: tuple[Path, Path], tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "desk.yuebao").write_bytes(handed_in[0].read_bytes())
    opened = open_desk(tmp_path / "desk.yuebao", kind="bureau", today=date(2023, 4, 3))
    yield opened
    opened.close()


@functools.cache
def bomb() -> bytes:
    """A few hundred bytes that unpack to ZEROS, packed twice."""
    packer = zlib.compressobj(9)
    block = bytes(1024 * 1024)
    once = b"".join(packer.compress(block) for _count in range(ZEROS // len(block))) + packer.flush()
    return zlib.compress(once, 9)


def with_bomb(name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        spec = pikepdf.AttachedFileSpec(document, b"{}", filename=name)
        document.attachments[name] = spec
        stream = document.attachments[name].obj.EF.F
        stream.write(bomb(), filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))

    return change


def page_bomb(document: pikepdf.Pdf) -> None:
    packed = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    document.pages[0].Contents = document.make_stream(b"")
    document.pages[0].Contents.write(bomb(), filter=packed)


def crowd(document: pikepdf.Pdf) -> None:
    for number in range(1200):
        document.attachments[f"{number}.txt"] = pikepdf.AttachedFileSpec(document, b"x", filename=f"{number}.txt")


def script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


HARM = {"data.pdf": with_bomb("report.json"), "page.pdf": page_bomb, "crowd.pdf": crowd, "script.pdf": script}
MORE = HARM | {"evidence.pdf": with_bomb("佐证_3-9_照片.jpg")}


def received(desk: Desk, files: list[Path]) -> bureau.Received:
    """What the desk says, within bounds."""
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    said = bureau.receive(desk, files)
    assert time.process_time() - start < SECONDS * len(files)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MEMORY
    assert all(row.reason and "\n" not in row.reason for row in said.refused)
    return said


@pytest.mark.parametrize("harm", [HARM, pytest.param(MORE, marks=pytest.mark.long)], ids=["most", "all"])
def test_what_is_made_to_harm_is_refused_and_the_sound_report_beside_it_taken(
    desk: Desk, handed_in: tuple[Path, Path], tmp_path: Path, harm: dict[str, Callable[[pikepdf.Pdf], None]]
) -> None:
    whole = handed_in[1].read_bytes()
    files = []
    for name, change in harm.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(rewritten(whole, change, stream_decode_level=pikepdf.StreamDecodeLevel.none))
    for name, data in {"empty.pdf": b"", "half.pdf": whole[: len(whole) // 2], "zip.pdf": b"PK\3\4" + whole}.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    files += [KEPT / f"{stem}.pdf" for kind, stem in KINDS.items() if kind != "report"]
    said = received(desk, [*files, tmp_path, tmp_path / "not there.pdf", handed_in[1]])
    assert [Path(row.file) for row in said.taken] == [handed_in[1]]
    assert len(said.refused) == len(files) + 2
    reasons = {Path(row.file).name: row.reason for row in said.refused}
    assert all("展开后大得不正常" in reasons[name] for name in harm if name not in ("crowd.pdf", "script.pdf"))
    assert "脚本" in reasons["script.pdf"]
    assert [head.revision for head in report_digests.heads(desk.book)] == [1]
    assert journal.verify(desk.book).intact


@pytest.mark.parametrize("rounds", [8, pytest.param(1000, marks=pytest.mark.long)])
def test_a_damaged_report_is_never_taken_for_another(
    desk: Desk, handed_in: tuple[Path, Path], tmp_path: Path, rounds: int, count: Callable[[str], None]
) -> None:
    whole, file, found = handed_in[1].read_bytes(), tmp_path / "damaged.pdf", Counter[str]()
    make = mutations(whole, random.Random(rounds))
    start = len(journal.rows(desk.book))
    for _round in range(rounds):
        file.write_bytes(make())
        said = received(desk, [file])
        if said.taken:  # only bytes behind the last signature that say nothing
            (head,) = report_digests.heads(desk.book)
            assert file.read_bytes().startswith(whole), head
        found["taken" if said.taken else "refused"] += 1
    assert found["taken"] or len(journal.rows(desk.book)) == start
    count(f"damaged reports handed to the desk: {dict(found)}")
