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
from desktop_app.desk.open_book import open_desk
from desktop_app.store import journal, report_digests
from tests.exchange.planted import rewritten
from tests.exchange.test_hostile_files import KEPT, KINDS, MEMORY, SECONDS, mutations
from tests.journeys.small import TABLE, new_bureau, new_unit

ZEROS = 160 * 1024 * 1024  # what a bomb unpacks to


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A desk's book, and the report of a unit that is enrolled there."""
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        desk = new_bureau(folder, "2023-04-03")
        unit = new_unit(folder, "朝阳区政府", desk)
        (folder / "plan.csv").write_text(TABLE, encoding="utf-8")
        unit("plan", "import", folder / "plan.csv")
        unit.write_month("2023-03", 20)
        unit.sign("2023-03")
        return desk.book, Path(unit("hand-in", "2023-03", "--to", folder)["path"])


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


HARM = {
    "data.pdf": with_bomb("report.json"), "evidence.pdf": with_bomb("佐证_1-1_照片.jpg"), "page.pdf": page_bomb,
    "crowd.pdf": crowd, "script.pdf": script,
}  # fmt: skip


def received(desk: Desk, files: list[Path]) -> bureau.Received:
    """What the desk says, within bounds."""
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    said = bureau.receive(desk, files)
    assert time.process_time() - start < SECONDS * len(files)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MEMORY
    assert all(row.reason and "\n" not in row.reason for row in said.refused)
    return said


def test_what_is_made_to_harm_is_refused_and_the_sound_report_beside_it_taken(
    desk: Desk, handed_in: tuple[Path, Path], tmp_path: Path
) -> None:
    whole = handed_in[1].read_bytes()
    files = []
    for name, change in HARM.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(rewritten(whole, change))
    for name, data in {"empty.pdf": b"", "half.pdf": whole[: len(whole) // 2], "zip.pdf": b"PK\3\4" + whole}.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    files += [KEPT / f"{stem}.pdf" for kind, stem in KINDS.items() if kind != "report"]
    said = received(desk, [*files, tmp_path, tmp_path / "not there.pdf", handed_in[1]])
    assert [Path(row.file) for row in said.taken] == [handed_in[1]]
    assert len(said.refused) == len(files) + 2
    assert [head.revision for head in report_digests.heads(desk.book)] == [1]
    assert journal.verify(desk.book).intact


@pytest.mark.parametrize("rounds", [15, pytest.param(1000, marks=pytest.mark.long)])
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
