"""Files made to harm, and real files of every kind damaged at random: a sentence each, in bounded time and memory."""

import io
import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from desktop_app.desk.verify_file import verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.exchange import open_envelope
from tests.exchange.planted import report_pdf, rewritten

KEPT = Path(__file__).resolve().parent.parent / "keepsakes"
KINDS = {"report": "report-1", "receipt": "receipt-1", "return": "return-1", "plan": "plan-1", "calendar": "calendar-1"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECONDS, MEMORY = 10, 600 * 1024 * 1024  # of the processor's time: others may be at work


def kept(kind: str) -> bytes:
    return (KEPT / f"{KINDS[kind]}.pdf").read_bytes()


def action(name: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{name}"), **more)


def on_open(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = action("JavaScript", JS="app.alert(1)")


def on_page(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action("Launch", F="x.exe"))


def in_names(document: pikepdf.Pdf) -> None:
    tree = pikepdf.Dictionary(Names=[pikepdf.String("a"), action("JavaScript", JS="1")])
    document.Root.Names.JavaScript = document.make_indirect(tree)


def on_a_link(document: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action("Launch", F="x.exe"))
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])


def unreached(document: pikepdf.Pdf) -> None:
    """Hidden behind a key that nobody reads today."""
    document.Root.Later = document.make_indirect(pikepdf.Dictionary(Deep=pikepdf.Array([action("SubmitForm")])))


def with_forms(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.String("<xdp/>"))


def nested(document: pikepdf.Pdf) -> None:
    deep = pikepdf.Array([])
    for _level in range(200):
        deep = pikepdf.Array([deep])
    document.Root.Deep = deep


@pytest.mark.parametrize("change", [on_open, on_page, in_names, on_a_link, unreached, with_forms, nested])
@pytest.mark.parametrize("kept_in_streams", [True, False])
def test_what_acts_by_itself_is_refused(change: Callable[[pikepdf.Pdf], None], kept_in_streams: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if kept_in_streams else pikepdf.ObjectStreamMode.disable
    with pytest.raises(ClerkError, match=r"脚本|深得不正常"):
        open_envelope(rewritten(report_pdf(), change, object_stream_mode=mode))


@pytest.mark.parametrize("kind", KINDS)
def test_what_our_program_made_is_not(kind: str) -> None:
    assert open_envelope(kept(kind)).kind == kind


def test_a_crowd_of_objects_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.exchange.scripts.MOST_OBJECTS", 20)
    with pytest.raises(ClerkError, match="对象多得不正常"):
        open_envelope(report_pdf())


def mutations(whole: bytes, dice: random.Random) -> Callable[[], bytes]:
    """Bytes flipped, pieces cut, doubled and exchanged, tails cut off, tokens replaced."""
    tokens = [
        b"/AF",
        b"/EF",
        b"/Names",
        b"/Kids",
        b"/Length",
        b"/Filter",
        b"/Root",
        b"endobj",
        b"xref",
        b"stream",
        b"/S",
    ]

    def made() -> bytes:
        data = bytearray(whole)
        for _count in range(dice.randint(1, 4)):
            at, length = dice.randrange(len(data)), dice.choice((1, 4, 60, 2000))
            what = dice.randrange(6)
            if what == 0:
                data[at] = dice.randrange(256)
            elif what == 1:
                del data[at : at + length]
            elif what == 2:
                data[at:at] = data[at : at + length]
            elif what == 3:
                del data[at:]
            elif what == 4:
                data[at : at + length] = dice.randbytes(min(length, 300))
            else:
                old, new = dice.sample(tokens, 2)
                data = bytearray(bytes(data).replace(old, new, dice.choice((1, 5, -1))))
            if len(data) < 2:
                break
        return bytes(data)

    return made


def run(kind: str, rounds: int, seed: int) -> Counter[str]:
    """How many were refused unopened, found not valid, or came through unharmed; anything else fails."""
    whole, found = kept(kind), Counter[str]()
    make = mutations(whole, random.Random(seed))
    for _round in range(rounds):
        data, start = make(), time.process_time()
        said = verify_bytes(data, (), NOW)
        assert time.process_time() - start < SECONDS
        assert all("\n" not in problem for problem in said.problems)
        if said.kind is None:
            found["refused"] += 1
        elif said.problems:
            found["not valid"] += 1
        else:
            assert data[: len(whole)] == whole or said.data == open_envelope(whole).data
            found["unharmed"] += 1
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_said_in_a_sentence(kind: str) -> None:
    found = run(kind, 12, seed=7)
    assert sum(found.values()) == 12
    assert found["unharmed"] <= 2


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_damage_for_long(kind: str, count: Callable[[str], None]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = run(kind, 1500, seed=11)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < MEMORY
    count(f"damaged {kind} files: {dict(found)}, memory +{grown // 1024 // 1024} MB")


def test_wrong_kinds_are_told_apart(tmp_path: Path) -> None:
    """A data file of one kind under another's name."""
    for kind in KINDS:
        with pikepdf.open(io.BytesIO(kept(kind))) as document:
            names = [str(name) for name in document.attachments]
        assert f"{kind}.json" in names
