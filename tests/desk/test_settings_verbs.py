"""What a unit settles for itself, and that everything which shows or judges a date follows it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.desk import settings
from desktop_app.desk.bureau import accept, enrol, judged, make_key, receive
from desktop_app.desk.check_report import check
from desktop_app.desk.demo import sample_book
from desktop_app.desk.desk import Desk
from desktop_app.desk.make_report import prepare, report
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import create_bureau
from desktop_app.errors import UsageError
from desktop_app.exchange import report_json, to_report
from desktop_app.model.period import Period
from desktop_app.store import journal

MARCH = Period(2023, 3)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = sample_book(tmp_path_factory.mktemp("settled") / "sample.yuebao", today=date(2023, 4, 6))
    yield desk
    desk.close()


@pytest.fixture
def desk(sample: Desk) -> Iterator[Desk]:
    yield sample
    for name in settings.MEANINGS:
        settings.change(sample, name, "default")


def test_every_setting_has_value_default_and_meaning(desk: Desk) -> None:
    found = settings.settings(desk)
    assert [row.name for row in found][:3] == ["due_inclusive", "internal_cutoff", "thresholds.behind"]
    assert all(row.value == row.default and row.meaning for row in found)
    assert {row.name: row.value for row in found}["thresholds.serious"] == "30"


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("due_inclusive", "no", "no"),
        ("due_inclusive", " 否 ", "no"),
        ("due_inclusive", "TRUE", "yes"),
        ("internal_cutoff", "25", "25"),
        ("internal_cutoff", "none", "none"),
        ("internal_cutoff", "28", "28"),
        ("thresholds.behind", "12.50", "12.5"),
        ("thresholds.short_narrative", "60", "60"),
    ],
)
def test_a_setting_is_kept_as_typed(desk: Desk, name: str, value: str, kept: str) -> None:
    assert settings.change(desk, name, value).value == kept
    assert {row.name: row.value for row in settings.settings(desk)}[name] == kept
    back = settings.change(desk, name, "default")
    assert back.value == back.default


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("due_inclusiv", "no", "可用的名称：due_inclusive、internal_cutoff、thresholds.behind"),
        ("thresholds", "1", "可用的名称"),
        ("thresholds.behnid", "1", "可用的名称"),
        ("due_inclusive", "perhaps", "yes（算按时）或 no"),
        ("internal_cutoff", "29", "1 到 28"),
        ("internal_cutoff", "0", "1 到 28"),
        ("internal_cutoff", "-3", "1 到 28"),
        ("internal_cutoff", "２５", "1 到 28"),
        ("internal_cutoff", "9" * 5000, "1 到 28"),
        ("thresholds.behind", "ten", "不是数字"),
        ("thresholds.behind", "31", "应在 31 到 100 之间"),
        ("thresholds.short_narrative", "2.5", "不是整数"),
    ],
)
def test_what_cannot_be_settled_is_refused_with_what_can(desk: Desk, name: str, value: str, said: str) -> None:
    before = settings.settings(desk)
    with pytest.raises(UsageError) as refusal:
        settings.change(desk, name, value)
    assert said in str(refusal.value)
    assert settings.settings(desk) == before


def test_the_journal_says_what_was_settled_once(desk: Desk) -> None:
    before = len(journal.rows(desk.book))
    settings.change(desk, "internal_cutoff", "25")
    settings.change(desk, "internal_cutoff", "25")
    settings.change(desk, "due_inclusive", "yes")
    rows = journal.rows(desk.book)[before:]
    assert [(row.field, row.new, row.actor.partition("@")[0]) for row in rows] == [
        ("setting:internal_cutoff", "25", "王喆")
    ]


def test_standing_checks_and_paper_follow_the_reading_of_the_deadline(desk: Desk) -> None:
    """On 6 April, the third working day of the month."""
    view = open_month(desk, MARCH)
    assert (view.standing.word, view.due.inclusive) == ("due", True)
    assert not [row for row in check(desk, MARCH).findings if row.code == "L801"]
    settings.set_due_inclusive(desk, inclusive=False)
    view = open_month(desk, MARCH)
    assert (view.standing.word, view.due.inclusive) == ("late", False)
    late = next(row for row in check(desk, MARCH).findings if row.code == "L801")
    assert late.message == "2023-03 的月报应于 2023-04-06 之前（不含当日）报送，今天是 2023-04-06，已晚 1 天。"
    assert not prepare(desk, MARCH).report.due.inclusive


def test_a_report_carries_the_reading_only_where_it_is_not_the_usual_one(desk: Desk) -> None:
    usual = report(desk, open_month(desk, MARCH))
    assert "inclusive" not in report_json(usual)["due"]
    settings.set_due_inclusive(desk, inclusive=False)
    strict = report(desk, open_month(desk, MARCH))
    data = report_json(strict)
    assert data["due"]["inclusive"] is False
    assert to_report(data) == strict


def test_the_receiving_desk_judges_by_its_own_reading(desk: Desk, tmp_path: Path) -> None:
    made = report(desk, open_month(desk, MARCH))
    bureau = create_bureau(tmp_path / "bureau.yuebao", today=date(2023, 4, 6))
    try:
        assert judged(bureau, made).last_day == date(2023, 4, 6)
        settings.set_due_inclusive(bureau, inclusive=False)
        assert judged(bureau, made).last_day == date(2023, 4, 5)
    finally:
        bureau.close()


@pytest.mark.parametrize(
    ("inclusive", "word", "due"), [(True, "按时", date(2023, 4, 6)), (False, "逾期", date(2023, 4, 5))]
)
def test_a_report_on_the_third_working_day_is_on_time_or_not(
    tmp_path: Path, inclusive: bool, word: str, due: date
) -> None:
    kept = Path(__file__).resolve().parent.parent / "keepsakes"
    bureau = create_bureau(tmp_path / "bureau.yuebao", today=date(2023, 4, 6))
    try:
        make_key(bureau, "示例口令 2023")
        settings.set_due_inclusive(bureau, inclusive=inclusive)
        enrol(bureau, kept / "unit-1.pem")
        assert f"（{word}）" in receive(bureau, [kept / "report-1.pdf"]).taken[0].effect
        receipt = accept(bureau, str(kept / "report-1.pdf"), "示例口令 2023", tmp_path / "回执.pdf").receipt
        assert (receipt.on_time, receipt.due) == (inclusive, due)
    finally:
        bureau.close()


def test_the_internal_cutoff_is_a_day_of_the_month_reported_on(desk: Desk) -> None:
    assert open_month(desk, MARCH).cutoff is None
    settings.set_internal_cutoff(desk, 25)
    assert open_month(desk, MARCH).cutoff == date(2023, 3, 25)
    assert open_month(desk, Period(2023, 2)).cutoff == date(2023, 2, 25)
    assert report(desk, open_month(desk, MARCH)).as_of == date(2023, 3, 31), "the figures still run to the month's end"


def test_thresholds_reach_the_checks(desk: Desk) -> None:
    def short() -> int:
        return sum(row.code == "T505" for row in check(desk, MARCH).findings)

    before = short()
    settings.set_threshold(desk, "short_narrative", "1000")
    assert short() > before
    settings.set_threshold(desk, "short_narrative", None)
    assert short() == before
