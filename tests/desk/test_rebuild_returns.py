"""A month that was returned twice comes back from its files, in whatever order they lie and whichever are missing."""

import itertools
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_app.desk import history, rebuild_sorting
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.rebuild import Rebuilt, rebuild
from desktop_app.model.correction import Remark, RemarkAnswer, ReturnNote, matched
from desktop_app.model.finding import REPORT
from desktop_app.model.period import Period
from desktop_app.model.receipt import Receipt
from desktop_app.store import Book, journal, months, remarks, transfers
from tests.journeys.small import TABLE, Side, new_bureau, new_unit

KEPT = Path(__file__).resolve().parent.parent / "keepsakes"
MARCH, TODAY = Period(2023, 3), date(2023, 5, 4)
SAME = {"task": "1-1", "field": "cumulative", "text": "累计数与台账不符，请核对。"}
ASKED = {1: [SAME, {"task": "report", "field": "", "text": "请补充联系人。"}], 2: [SAME]}
ANSWERS = {("1-1", "cumulative"): "第{n}版已按台账更正。", ("report", ""): "第{n}版已补充联系人。"}
NAMES = ("report-1", "return-1", "report-2", "return-2", "report-3", "receipt-3")


@dataclass
class Drawer:
    """The files of one month by name, the book they came from, and certificates."""

    book: Path
    files: dict[str, Path] = field(default_factory=dict)
    trust: list[Path] = field(default_factory=list)

    def named(self, names: Sequence[str]) -> list[Path]:
        return [self.files[name] for name in names]


@pytest.fixture(scope="module")
def drawer(tmp_path_factory: pytest.TempPathFactory) -> Drawer:
    folder = tmp_path_factory.mktemp("drawer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        return _made(folder)


def _made(folder: Path) -> Drawer:
    """Revision 1 and 2 come back, the same remark twice; revision 3 is accepted."""
    bureau = new_bureau(folder, "2023-04-03")
    unit = new_unit(folder, "朝阳区政府", bureau)
    made = Drawer(unit.book, trust=[folder / "朝阳区政府.pem", folder / "bureau.pem"])
    table = folder / "plan.csv"
    table.write_text(TABLE, encoding="utf-8")
    unit("plan", "import", table)
    unit.write_month("2023-03", 20)
    for number in (1, 2, 3):
        unit.explain("2023-03")
        unit.sign("2023-03")
        report = made.files[f"report-{number}"] = handed_in(unit, folder / f"out-{number}")
        bureau("bureau", "receive", report)
        out = folder / f"answer-{number}.pdf"
        if number == 3:
            bureau.signing("bureau", "accept", report, "--out", out)
            unit("receive", out)
            made.files["receipt-3"] = out
            continue
        made.files[f"return-{number}"] = sent_back(bureau, report, ASKED[number], out)
        unit("receive", out, "--trust", folder / "bureau.pem")
        unit("correct", "2023-03", "--reason", f"按第{number}次退回意见更正。")
        for remark in ASKED[number]:
            said = ANSWERS[remark["task"], remark["field"]].format(n=number + 1)
            unit("answer", "2023-03", remark["task"], remark["field"], said)
    made.files["copy"] = Path(shutil.copy(made.files["return-1"], folder / "copy.pdf"))
    return made


def handed_in(unit: Side, folder: Path) -> Path:
    folder.mkdir()
    return Path(unit("hand-in", "2023-03", "--to", folder)["path"])


def sent_back(bureau: Side, report: Path, asked: list[dict[str, str]], out: Path) -> Path:
    file = out.with_suffix(".json")
    file.write_text(json.dumps(asked), encoding="utf-8")
    bureau.signing("bureau", "return", report, "--remarks", file, "--out", out)
    return out


@pytest.fixture(scope="module")
def _read_once(drawer: Drawer) -> Iterator[None]:
    """Verifying takes most of the time and does not depend on the order: every file is read once."""
    read, known = rebuild_sorting._read, {}

    def once(file: Path, pdf: bytes, trusted: bytes) -> object:
        if (file, trusted) not in known:
            known[file, trusted] = read(file, pdf, trusted)
        return known[file, trusted]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rebuild_sorting, "_read", once)
        yield


def told(book: Book) -> dict[str, object]:
    """What a month with its letters is in a book, apart from numbers and the moments of writing."""
    found = months.months(book)
    asked = remarks.standing(book, MARCH, 99)
    numbers = {each.id: (each.revision, each.task, each.field, each.text) for each in asked}
    return {
        "months": [(each.revision, each.state, each.reason) for each in found],
        "remarks": [(*numbers[each.id], each.bureau, each.returned_at, each.answer, each.closed) for each in asked],
        "answers": {
            each.revision: {numbers[number]: text for number, text in remarks.answered_in(book, each.id).items()}
            for each in found
        },
        "inbox": [(each.kind, each.data) for each in transfers.inbox(book)],
    }


def test_the_whole_month_is_back_with_what_was_asked_and_answered(drawer: Drawer, tmp_path: Path) -> None:
    made = rebuild(tmp_path / "new.yuebao", drawer.named(NAMES), trust=drawer.trust)
    assert not made.refused
    assert not made.notes
    assert [(row.revision, str(row.state), row.remarks) for row in made.months] == [
        (1, "returned", 2), (2, "returned", 1), (3, "received", 0)
    ]  # fmt: skip
    old, new = open_desk(drawer.book, today=TODAY), open_desk(tmp_path / "new.yuebao", today=TODAY)
    try:
        assert told(new.book) == told(old.book)
        assert [each.answer for each in open_month(new, MARCH).remarks] == [
            "第2版已按台账更正。", "第2版已补充联系人。", "第3版已按台账更正。"
        ]  # fmt: skip
        assert journal.verify(new.book).intact
        verdict = history.verify(new)
        assert verdict.holds, verdict.problems
    finally:
        old.close()
        new.close()


@pytest.mark.usefixtures("_read_once")
@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.long)])
def test_no_order_of_the_files_changes_what_comes_back(drawer: Drawer, step: int) -> None:
    trusted = b"".join(file.read_bytes() for file in drawer.trust)
    found = None
    for order in list(itertools.permutations(NAMES))[::step]:
        said = rebuild_sorting.sort_out(rebuild_sorting.read_files(drawer.named(order), trusted), None)
        assert not said.refused
        assert not said.notes
        found = found or said.months
        assert said.months == found


def expected(names: Sequence[str]) -> dict[str, Any]:
    """What a book made of these files holds, by the rules and not by the program."""
    there = [number for number in (1, 2, 3) if f"report-{number}" in names]
    came: list[list[object]] = []
    lost = set()
    states = {}
    for number in there:
        for remark in ASKED.get(number - 1, []):
            task, where = remark["task"], remark["field"]
            waiting = [each for each in came if each[1:4] == [task, where, remark["text"]] and not each[4]]
            for each in waiting[:1]:
                each[4] = ANSWERS[task, where].format(n=number)
            lost |= set() if waiting else {number}
        states[number] = "signed"
        if f"return-{number}" in names:
            states[number] = "returned"
            came += [[number, each["task"], each["field"], each["text"], ""] for each in ASKED[number]]
        elif number == 3 and "receipt-3" in names:
            states[number] = "received"
    return {"states": states, "remarks": came, "lost": sorted(lost)}


def agrees(made: Rebuilt, names: Sequence[str]) -> None:
    """Hold a rebuilt book against the rules."""
    wanted = expected(names)
    assert made.book is not None
    desk = open_desk(made.book, today=TODAY)
    try:
        assert {each.revision: str(each.state) for each in months.months(desk.book)} == wanted["states"]
        found = remarks.standing(desk.book, MARCH, 99)
        assert [[row.revision, row.task, row.field, row.text, row.answer] for row in found] == wanted["remarks"]
        assert journal.verify(desk.book).intact
    finally:
        desk.close()
    assert {said[9] for said in made.missing if "答复的退回意见有" in said} == set(map(str, wanted["lost"]))
    orphans = {name for name in names if name[:6] != "report" and name.replace(name[:-2], "report") not in names}
    assert {Path(row.file).stem for row in made.refused if "不在这些文件里" in row.reason} == {
        name.replace(name[:-2], "answer") for name in orphans
    }


SUBSETS = [
    [name for name, bit in zip(NAMES, bits, strict=True) if bit]
    for bits in itertools.product((1, 0), repeat=6)
    if bits[0] or bits[2] or bits[4]
]


@pytest.mark.usefixtures("_read_once")
@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.long)])
def test_whatever_is_missing_the_rest_comes_back(drawer: Drawer, tmp_path: Path, step: int) -> None:
    for number, names in enumerate(SUBSETS[::step]):
        turned = names[number % len(names) :] + names[: number % len(names)]
        made = rebuild(tmp_path / f"{number}.yuebao", drawer.named(turned), trust=drawer.trust)
        assert made.book is not None
        agrees(made, names)


@pytest.mark.usefixtures("_read_once")
def test_a_duplicate_and_foreign_files_are_named_and_change_nothing(
    drawer: Drawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stranger's report is a kept one, signed by a key that nobody gave; the foreign return says another unit."""
    foreign, stranger = tmp_path / "foreign.pdf", KEPT / "report-1.pdf"
    foreign.write_bytes(b"another unit's")
    read = rebuild_sorting._read

    def read_too(file: Path, pdf: bytes, trusted: bytes) -> object:
        if file != foreign:
            return read(file, pdf, trusted)
        own = read(drawer.files["return-2"], drawer.files["return-2"].read_bytes(), trusted)
        assert isinstance(own, rebuild_sorting.LetterFile)
        assert isinstance(own.letter, ReturnNote)
        note = replace(own.letter, unit_code="110112", unit_name="北京市通州区人民政府", report_sha256="0" * 64)
        return replace(own, file=str(foreign), letter=note)

    monkeypatch.setattr(rebuild_sorting, "_read", read_too)
    files = [foreign, *drawer.named(NAMES[::-1]), drawer.files["copy"], stranger]
    made = rebuild(tmp_path / "new.yuebao", files, unit="朝阳区", trust=drawer.trust)
    agrees(made, NAMES)
    reasons = {Path(row.file).name: row.reason for row in made.refused}
    assert "同一份文件" in reasons.pop("copy.pdf")
    assert "发给" in reasons.pop("foreign.pdf")
    assert "单位证书" in reasons.pop("report-1.pdf")
    assert reasons == {}


def test_a_return_of_nobody_known_is_taken_with_a_word_and_a_false_one_is_not(drawer: Drawer, tmp_path: Path) -> None:
    names = NAMES[:2]
    made = rebuild(tmp_path / "a.yuebao", drawer.named(names), trust=drawer.trust[:1])
    agrees(made, names)
    assert any("1 份退回单" in note for note in made.notes)
    forger = new_bureau(tmp_path, "2023-04-03")
    forger("bureau", "enrol", drawer.trust[0])
    forger("bureau", "receive", drawer.files["report-1"])
    false = sent_back(forger, drawer.files["report-1"], ASKED[1], tmp_path / "false.pdf")
    made = rebuild(tmp_path / "b.yuebao", [drawer.files["report-1"], false], trust=drawer.trust)
    agrees(made, names[:1])
    assert "不是给出的收文方证书" in made.refused[0].reason


@pytest.mark.usefixtures("_read_once")
def test_of_two_files_the_returned_one_is_it_and_a_torn_chain_is_said(drawer: Drawer, tmp_path: Path) -> None:
    found = rebuild_sorting.read_files(drawer.named(NAMES), b"")
    first, second = found.reports[0], found.reports[1]
    twin = replace(first, file="twin.pdf", month=replace(first.month, pdf=b"twin"))
    said = rebuild_sorting.sort_out(replace(found, reports=(twin, *found.reports)), None)
    assert [row.file for row in said.refused] == ["twin.pdf"]
    assert len(said.months) == 3
    odd = replace(first, month=replace(first.month, data_sha256="0" * 64))
    said = rebuild_sorting.sort_out(replace(found, reports=(odd, second)), None)
    assert any("第2版更正的不是给出的第1版" in note for note in said.notes)


SIXTH, SEVENTH = (datetime(2023, 4, day, 9, tzinfo=UTC) for day in (6, 7))
ONE, OTHER = (Remark("1-1", "", text) for text in ("先提的。", "后提的。"))


def letter(first: rebuild_sorting.LetterFile, kind: str, at: datetime, remark: Remark = ONE) -> object:
    """A letter to the report that `first` answers, as if it had been read and verified."""
    note = first.letter
    assert isinstance(note, ReturnNote)
    if kind == "return":
        made: Receipt | ReturnNote = replace(note, returned_at=at, remarks=(remark,))
    else:
        names = ("unit_code", "unit_name", "period", "revision", "report_sha256", "data_sha256", "check_code", "due")
        same = {name: getattr(note, name) for name in names}
        made = Receipt(**same, received_at=at, on_time=True, bureau=note.bureau)
    return replace(first, file=f"{kind}-{at.day}.pdf", letter=made, data=f"{kind} {at} {remark.text}".encode())


@pytest.mark.usefixtures("_read_once")
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("came", "state", "closed", "inbox"),
    [
        ([("receipt", SIXTH, ONE), ("return", SEVENTH, ONE)], "returned", SEVENTH, ["receipt", "return"]),
        ([("return", SIXTH, ONE), ("receipt", SEVENTH, ONE)], "returned", SIXTH, ["return", "receipt"]),
        ([("return", SIXTH, ONE), ("return", SEVENTH, OTHER)], "returned", SIXTH, ["return", "return"]),
        ([("receipt", SIXTH, ONE), ("receipt", SEVENTH, ONE)], "received", SIXTH, ["receipt"]),
    ],
)
def test_two_answers_to_one_report_count_in_the_order_of_their_time(
    drawer: Drawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turned: bool,
    came: list[tuple[str, datetime, Remark]], state: str, closed: datetime, inbox: list[str],
) -> None:  # fmt: skip
    read = rebuild_sorting.read_files(drawer.named(NAMES[:2]), b"")
    letters = tuple(letter(read.letters[0], *each) for each in (reversed(came) if turned else came))
    monkeypatch.setattr("desktop_app.desk.rebuild.read_files", lambda *_given: replace(read, letters=letters))
    made = rebuild(tmp_path / "new.yuebao", drawer.named(NAMES[:2]))
    assert ["已经有一份回执" in row.reason for row in made.refused] == [True] * (2 - len(inbox))
    desk = open_desk(tmp_path / "new.yuebao", today=TODAY)
    try:
        (month,) = months.months(desk.book)
        assert (str(month.state), month.closed_at) == (state, closed)
        assert [each.kind for each in transfers.inbox(desk.book)] == inbox
        asked = [each[2] for each in came if each[0] == "return"]
        assert [each.text for each in remarks.standing(desk.book, MARCH, 1)] == [each.text for each in asked]
    finally:
        desk.close()


def test_answers_go_to_remarks_in_turn_and_each_once() -> None:
    asked = [Remark("1-1", "", "甲"), Remark("1-1", "", "甲"), Remark("1-2", "", "甲"), Remark("8-8", "", "乙")]
    said = [RemarkAnswer(task, "", text, "好") for task, text in
            (("1-1", "甲"), ("1-2", "甲"), ("1-1", "甲"), ("1-1", "甲"), (REPORT, "乙"), ("7-7", "乙"))]  # fmt: skip
    assert matched(said, asked) == (0, 2, 1, None, 3, None)
