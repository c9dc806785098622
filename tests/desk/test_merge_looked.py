"""What a merge would do is looked at first, taken as it was looked at, and taken back whole."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app import assets
from desktop_app.desk import merge, undo
from desktop_app.desk.desk import Desk
from desktop_app.desk.merge_draft import OURS, THEIRS
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.save_entry import attach, save
from desktop_app.desk.steps import at_once
from desktop_app.desk.take_plan import import_plan
from desktop_app.desk.withholding import hide, withheld
from desktop_app.errors import ClerkError
from desktop_app.model.finding import Explanation
from desktop_app.model.period import Period
from desktop_app.store import entries, evidence, explanations, journal, months
from tests.desk.test_steps import away

MARCH, APRIL, TODAY = Period(2023, 3), Period(2023, 4), date(2023, 5, 4)


def note(desk: Desk, code: str, text: str) -> None:
    month = months.month(desk.book, MARCH)
    assert month is not None
    explanations.put(desk.book, month, Explanation("3-9", code, text, ()), desk.now(), desk.actor)


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book, and a copy: problems were written in both, the rest in the copy alone; April is in the copy alone."""
    folder = tmp_path_factory.mktemp("parted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        desk = create(folder / "ours.yuebao", "朝阳区政府", today=TODAY)
        import_plan(desk, assets.path("samples", "plan-2023-sample.xlsx"))
        open_month(desk, MARCH)
        save(desk, MARCH, "3-9", {"narrative": "原来的话。"})
        desk.close()
        theirs = Path(shutil.copy(folder / "ours.yuebao", folder / "theirs.yuebao"))
        other = open_desk(theirs, today=TODAY)
        other.__dict__["actor"] = "李敏"
        open_month(other, APRIL)
        save(other, MARCH, "3-9", {"narrative": "同事的话。", "problems": "同事写的问题。"})
        save(other, MARCH, "2-14", {"problems": "同事的另一处。"})
        save(other, APRIL, "3-9", {"narrative": "四月的话。"})
        attach(other, MARCH, "3-9", assets.path("samples", "evidence-sample.txt"))
        note(other, "P701", "（示例说明）只有对方写。")
        note(other, "P702", "（示例说明）对方这样写。")
        other.close()
        desk = open_desk(folder / "ours.yuebao", today=TODAY)
        desk.__dict__["actor"] = "王喆"
        save(desk, MARCH, "3-9", {"problems": "我写的问题。"})
        save(desk, MARCH, "2-14", {"problems": "我的另一处。"})
        note(desk, "P702", "（示例说明）本簿这样写。")
        desk.close()
    return folder / "ours.yuebao", theirs


@pytest.fixture
def desk(parted: tuple[Path, Path], tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(Path(shutil.copy(parted[0], tmp_path / "ours.yuebao")), today=TODAY)
    yield opened
    opened.close()


def words(desk: Desk) -> dict[tuple[str, str], object]:
    """Every field, note and file of every month as it reads now."""
    told: dict[tuple[str, str], object] = {}
    for month in months.months(desk.book):
        for task, entry in entries.entries(desk.book, month.id).items():
            told |= {(f"{month.period} {task}", name): text for name, text in entries.texts(entry).items() if text}
        for each in explanations.explanations(desk.book, month.id):
            told[(f"{month.period} {each.task}", each.code)] = each.text
        for item in evidence.evidence(desk.book, month.id):
            told[(f"{month.period} {item.task_id}", item.name)] = item.sha256
    return {place: text for place, text in told.items() if text != "false"}


def test_looking_writes_nothing_and_tells_who_wrote_what(desk: Desk, parted: tuple[Path, Path]) -> None:
    head = journal.head(desk.book)
    looked = away(merge.looking(desk, parted[1]))
    assert journal.head(desk.book) == head
    assert months.month(desk.book, APRIL) is None
    assert {(str(row.period), row.task, row.field, row.new) for row in looked.drawn} == {
        ("2023-03", "3-9", "narrative", "同事的话。"),
        ("2023-03", "3-9", "explanation:P701", "（示例说明）只有对方写。"),
        ("2023-03", "3-9", "evidence", "evidence-sample.txt"), ("2023-04", "3-9", "narrative", "四月的话。"),
    }  # fmt: skip
    assert [(row.id, row.ours, row.theirs) for row in looked.choices] == [
        ("2023-03/2-14/problems", "我的另一处。", "同事的另一处。"),
        ("2023-03/3-9/problems", "我写的问题。", "同事写的问题。"),
    ]
    hands = [(row.our_hand, row.their_hand) for row in looked.choices]
    assert [(ours.actor, theirs.actor) for ours, theirs in hands if ours and theirs] == [("王喆", "李敏")] * 2
    (told,) = looked.skipped
    assert "保留本簿的" in told
    assert "对方这样写" in told


def test_what_is_taken_is_what_was_looked_at_and_comes_off_whole(desk: Desk, parted: tuple[Path, Path]) -> None:
    before = words(desk)
    looked = away(merge.looking(desk, parted[1]))
    sides = {"2023-03/3-9/problems": THEIRS, "2023-03/2-14/problems": OURS}
    done = merge.take(desk, looked, sides)
    after = words(desk)
    assert {row.field for row in done.merged.drawn} == {"narrative", "explanation:P701", "evidence", "problems"}
    assert after[("2023-03 3-9", "problems")] == "同事写的问题。"
    assert after[("2023-03 2-14", "problems")] == "我的另一处。"
    assert after[("2023-04 3-9", "narrative")] == "四月的话。"
    assert after[("2023-03 3-9", "P702")] == "（示例说明）本簿这样写。"
    assert away(merge.looking(desk, parted[1])).again
    merge.take_back(desk, done)
    assert words(desk) == before
    assert journal.verify(desk.book).intact
    again = away(merge.looking(desk, parted[1]))
    assert not again.again
    assert {row.field for row in again.drawn} == {"narrative", "explanation:P701", "evidence"}
    merge.take(desk, again, sides)
    assert words(desk) == after


def test_what_nobody_chose_is_asked_again(desk: Desk, parted: tuple[Path, Path]) -> None:
    done = merge.take(desk, away(merge.looking(desk, parted[1])), {"2023-03/3-9/problems": THEIRS})
    assert [row.id for row in done.merged.choices] == ["2023-03/2-14/problems"]
    again = away(merge.looking(desk, parted[1]))
    assert [row.id for row in again.choices] == ["2023-03/2-14/problems"]
    assert again.drawn == ()


def test_a_draft_that_moved_on_after_the_look_is_left_alone(desk: Desk, parted: tuple[Path, Path]) -> None:
    looked = away(merge.looking(desk, parted[1]))
    save(desk, MARCH, "3-9", {"problems": "又改了。"})
    before = words(desk)
    with pytest.raises(ClerkError, match="又改过"):
        merge.take(desk, looked, {"": THEIRS})
    assert words(desk) == before
    assert months.month(desk.book, APRIL) is None


def test_a_merge_that_was_written_over_is_not_taken_back_by_halves(desk: Desk, parted: tuple[Path, Path]) -> None:
    done = merge.take(desk, away(merge.looking(desk, parted[1])), {"": OURS})
    save(desk, MARCH, "3-9", {"narrative": "后来改的。"})
    before = words(desk)
    with pytest.raises(ClerkError, match="后来又改过"):
        merge.take_back(desk, done)
    assert words(desk) == before
    undo.undo(desk, MARCH, "3-9", "narrative")  # the later change first; then the merge comes off
    merge.take_back(desk, done)
    assert ("2023-03 3-9", "narrative") in words(desk)
    assert words(desk)[("2023-03 3-9", "narrative")] == "原来的话。"


def test_the_open_book_itself_is_refused_with_a_sentence(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="就是现在打开的"):
        merge.merge(desk, desk.book_path)
    with pytest.raises(ClerkError, match="就是现在打开的"):
        at_once(merge.looking(desk, desk.book_path))
    save(desk, MARCH, "3-9", {"problems": "照常写。"})


def test_a_file_that_is_no_book_is_refused_there(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "none.yuebao").write_bytes(b"no book at all" * 100)
    find = next(merge.looking(desk, tmp_path / "none.yuebao"))
    with pytest.raises(ClerkError):
        find()


def test_what_a_colleague_keeps_inside_stays_inside_and_what_she_lets_out_is_ours_to_let_out(
    desk: Desk, parted: tuple[Path, Path], tmp_path: Path
) -> None:
    hide(desk, MARCH, "2-14", ("narrative",))
    copy = Path(shutil.copy(parted[1], tmp_path / "copy.yuebao"))
    other = open_desk(copy, today=TODAY)
    hide(other, MARCH, "3-9", ("narrative", "figures"))
    hide(other, MARCH, "2-14", ("narrative",), show=True)
    hide(other, APRIL, "3-9", ("next_steps",))
    other.close()
    looked = away(merge.looking(desk, copy))
    told = [(str(row.period), row.task, row.field, row.new) for row in looked.drawn if row.field.startswith("public:")]
    assert told == [
        ("2023-03", "3-9", "public:narrative", "inside"),
        ("2023-03", "3-9", "public:figures", "inside"),
        ("2023-04", "3-9", "public:next_steps", "inside"),
    ]
    done = merge.take(desk, looked, {"": OURS})
    kept = [("2-14", "narrative"), ("3-9", "narrative"), ("3-9", "figures")]
    assert [(each.task, each.field) for each in withheld(desk, MARCH)] == kept
    april = {(each.task, each.field) for each in withheld(desk, APRIL)}
    assert april == {*kept, ("3-9", "next_steps")}
    merge.take_back(desk, done)
    assert [(each.task, each.field) for each in withheld(desk, MARCH)] == kept, "nothing gets out by stepping back"
    hide(desk, MARCH, "3-9", ("narrative",), show=True)
    assert ("3-9", "narrative") not in {(each.task, each.field) for each in withheld(desk, MARCH)}
