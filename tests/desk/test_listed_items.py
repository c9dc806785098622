"""挂账 → 督办 → 销号: an item ends when a person says so with evidence, and only then."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.desk import history, ledger, strike_off
from desktop_app.desk.desk import Desk
from desktop_app.desk.listed_items import items_of, listed_items
from desktop_app.errors import ClerkError
from desktop_app.model.entry import Entry
from desktop_app.model.ledger import LedgerKind
from desktop_app.model.listed import Closing, ItemKind, ItemState, ListedItem, MarkAction, item_id
from desktop_app.model.period import Period
from tests import sample_year

SOLVED, AGAIN, OPEN = "P-2023-01-2-12", "P-2023-03-2-9", "P-2023-02-1-11"
EVIDENCE = "补贴细则已于7月1日施行，抽查10份申请均已受理。"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = sample_year.year_desk(tmp_path)
    yield opened
    opened.close()


def states(desk: Desk, year: int = 2023) -> dict[str, ItemState]:
    return {item.id: item.state for item in listed_items(desk, year).items}


def test_silence_strikes_nothing_off(desk: Desk) -> None:
    found = {item.id: item for item in listed_items(desk, 2023).items}
    assert (found[SOLVED].state, found[OPEN].state) == (ItemState.SILENT, ItemState.OPEN)
    assert str(found[SOLVED].silent_since.period) == "2023-07"
    assert "补贴细则7月1日起施行" in found[SOLVED].silent_since.narrative
    again = found[AGAIN]
    assert [month.period.month for month in again.months if month.words] == [3, 4, 5, 9, 10]
    assert (again.months_open, again.last.period.month) == (8, 10)


def test_a_person_strikes_off_with_evidence_and_the_journal_tells(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "核查记录.txt"
    file.write_text("示例", encoding="utf-8")
    done = strike_off.close(desk, SOLVED.lower(), EVIDENCE, " 李堃 ", day=date(2023, 8, 1), file=file)
    assert done.state is ItemState.CLOSED
    assert (done.closing.said, done.closing.person, done.closing.day) == (EVIDENCE, "李堃", date(2023, 8, 1))
    assert (done.closing.file_name, done.closing.file_sha256) == (
        file.name,
        hashlib.sha256("示例".encode()).hexdigest(),
    )
    (row,) = history.page(desk, field=f"listed:{SOLVED}").rows
    assert all(word in row.new for word in ("closed 2023-06 2023-08-01 李堃", EVIDENCE, done.closing.file_sha256))
    assert history.verify(desk, signatures=False).holds
    assert SOLVED not in {row[0] for row in ledger.ledger(desk, 2023, LedgerKind.PROBLEMS).sheets[0].rows}
    inspection = ledger.ledger(desk, 2023, LedgerKind.INSPECTION).sheets[0]
    assert inspection.values("person").count("李堃") == 1
    assert {tally.word: tally.count for tally in inspection.tallies} == {"挂账中": 2, "待销号": 3, "已销号": 1}


def test_struck_off_can_be_taken_back_and_both_stay_in_the_journal(desk: Desk) -> None:
    strike_off.close(desk, SOLVED, EVIDENCE, "李堃")
    with pytest.raises(ClerkError, match="已经销号"):
        strike_off.close(desk, SOLVED, EVIDENCE, "李堃")
    assert strike_off.reopen(desk, SOLVED, "复查发现仍有申请搁置。").state is ItemState.SILENT
    with pytest.raises(ClerkError, match="没有销号"):
        strike_off.reopen(desk, SOLVED, "复查发现仍有申请搁置。")
    assert strike_off.close(desk, SOLVED, "复查后全部办结。", "赵珺").closing.person == "赵珺"
    told = [row.new.split()[0] for row in history.page(desk, field=f"listed:{SOLVED}").rows]
    assert told == ["closed", "reopened", "closed"]


def test_words_behind_the_last_month_of_a_closed_item_begin_a_new_one(desk: Desk) -> None:
    strike_off.close(desk, AGAIN, "已与车企签订供货协议。", "李堃", through=Period(2023, 5))
    found = {item.id: item for item in listed_items(desk, 2023).items}
    assert found[AGAIN].months_open == 3
    assert found["P-2023-09-2-9"].state is ItemState.SILENT
    assert found["P-2023-09-2-9"].months_open == 2
    strike_off.reopen(desk, AGAIN, "同一个问题，分开登记有误。")
    assert "P-2023-09-2-9" not in states(desk)
    assert states(desk)[AGAIN] is ItemState.SILENT


def test_what_was_struck_off_and_is_no_longer_in_the_reports_is_said(desk: Desk) -> None:
    strike_off.close(desk, AGAIN, "已与车企签订供货协议。", "李堃", through=Period(2023, 5))
    strike_off.close(desk, "P-2023-09-2-9", "车辆已到货。", "李堃")
    strike_off.reopen(desk, AGAIN, "同一个问题，分开登记有误。")
    assert [note.split()[0] for note in listed_items(desk, 2023).notes] == ["P-2023-09-2-9"]
    assert "P-2023-09-2-9" in "".join(ledger.ledger(desk, 2023, LedgerKind.INSPECTION).notes)


@pytest.mark.parametrize(
    ("item", "more", "said"),
    [
        ("P-2023-01-9-9", {}, "没有编号为「P-2023-01-9-9」"),
        ("", {}, "没有编号为「」"),
        (SOLVED, {"evidence": " "}, "没有写销号依据"),
        (SOLVED, {"evidence": "无"}, "没有写销号依据"),
        (SOLVED, {"evidence": "已\u200b核查"}, "看不见的字符"),
        (SOLVED, {"evidence": "核查" * 251}, "超过 500 字"),
        (SOLVED, {"person": " "}, "由谁确认"),
        (SOLVED, {"person": "李\n堃"}, "由谁确认"),
        (SOLVED, {"day": date(2022, 12, 31)}, "2022-12-31 不合适"),
        (SOLVED, {"day": date(2024, 1, 11)}, "2024-01-11 不合适"),
        (SOLVED, {"through": Period(2022, 12)}, "不能销到 2022-12"),
        (SOLVED, {"through": Period(2023, 7)}, "不能销到 2023-07"),
        (SOLVED, {"file": Path("nowhere.txt")}, "找不到文件"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(desk: Desk, item: str, more: dict[str, Any], said: str) -> None:
    before = history.page(desk, limit=1).total
    asked = {"evidence": EVIDENCE, "person": "李堃"} | more
    with pytest.raises(ClerkError, match=said):
        strike_off.close(desk, item, asked.pop("evidence"), asked.pop("person"), **asked)
    assert history.page(desk, limit=1).total == before
    assert ItemState.CLOSED not in states(desk).values()


NOW = datetime(2024, 1, 1, 9, tzinfo=timezone(timedelta(hours=8)))


def month(number: int, words: dict[str, str]) -> Any:
    """As much of a signed month as the list looks at."""
    tasks = [SimpleNamespace(task=SimpleNamespace(id=task, title=f"★{task}")) for task in words]
    entries = {task: Entry(task, problems=text) for task, text in words.items()}
    return SimpleNamespace(
        period=Period(2023, number), revision=1, check_code=f"C{number}", tasks={task.task.id: task for task in tasks},
        entry=lambda item: entries[item.task.id],
        report=SimpleNamespace(evidence=(), answers=()),
    )  # fmt: skip


def closing(item: str, through: int, action: MarkAction = MarkAction.CLOSED) -> Closing:
    return Closing(item, action, Period(2023, through), "已核查", "李", NOW.date(), "", "", NOW, "王")


def stated(items: Sequence[ListedItem]) -> list[tuple[str, int]]:
    return [(item.task_id, each.period.month) for item in items for each in item.months if each.words]


patterns = st.dictionaries(
    st.sampled_from(["3-1", "3-2"]), st.lists(st.sampled_from(["积水", "无", ""]), min_size=12, max_size=12), min_size=1
)


@given(patterns, st.integers(0, 2**32))
def test_every_stated_month_stands_in_exactly_one_item(said: dict[str, list[str]], seed: int) -> None:
    """Whatever is struck off in whatever order: no word is lost, none counted twice, one open item a task at most."""
    months = [month(number, {task: words[number - 1] for task, words in said.items()}) for number in range(1, 13)]
    wanted = sorted((task, n) for task, words in said.items() for n, word in enumerate(words, 1) if word == "积水")
    marks: list[Closing] = []
    chance = random.Random(seed)
    for _step in range(4):
        items = items_of(months, marks)
        assert sorted(stated(items)) == wanted
        assert len({item.id for item in items}) == len(items)
        standing = [item.task_id for item in items if item.state is not ItemState.CLOSED]
        assert len(set(standing)) == len(standing)
        for item in items:
            assert item.id == item_id(ItemKind.PROBLEM, item.first.period, item.task_id)
            assert item.first.words
            assert item.months_open >= sum(bool(each.words) for each in item.months)
            assert (item.silent_since is None) == (item.state is ItemState.OPEN or not _later(item))
        if not items:
            return
        item = chance.choice(items)
        if item.closing is None:
            through = chance.choice([each.period.month for each in item.months if each.period <= item.last.period])
            marks.append(closing(item.id, through))
        else:
            marks.append(closing(item.id, item.closing.through.month, MarkAction.REOPENED))


def _later(item: ListedItem) -> bool:
    return item.months[-1].period > item.last.period


def test_items_of_an_earlier_year_are_carried_until_they_are_struck_off(desk: Desk, monkeypatch: Any) -> None:
    from desktop_app.desk import listed_items as module

    strike_off.close(desk, SOLVED, EVIDENCE, "李堃", day=date(2023, 8, 1))
    strike_off.close(desk, AGAIN, EVIDENCE, "李堃", day=date(2024, 1, 8))
    before = module.signed_months
    monkeypatch.setattr(module, "years", lambda _desk: (2024, 2023))
    monkeypatch.setattr(module, "signed_months", lambda at, year: before(at, year) if year == 2023 else ())
    found = {item.id: item for item in listed_items(desk, 2024).items}
    assert SOLVED not in found
    assert all(item.carried for item in found.values())
    assert (found[AGAIN].state, found[OPEN].state) == (ItemState.CLOSED, ItemState.OPEN)
