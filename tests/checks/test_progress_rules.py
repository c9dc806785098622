"""S4: behind schedule, deadlines, and words that do not fit the figures."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.checks import Thresholds
from desktop_app.checks.schedule import expected_percent
from desktop_app.model.entry import Entry, Status
from desktop_app.model.finding import Severity
from desktop_app.model.period import Period
from desktop_app.model.plan import Deadline, DeadlineKind
from desktop_app.model.report import DueDate


def at(month, percent, **fields):
    """The month with a common amount and this completion rate: 25 % are expected by March."""
    return month.with_(percent=Decimal(percent), **fields)


def in_june(month):
    """Half a year gone: 50 % are expected."""
    due = DueDate(Period(2023, 6), date(2023, 7, 5), date(2023, 7, 4), True, "")
    return month.replace(period=Period(2023, 6), today=date(2023, 7, 3), due=due)


@pytest.fixture
def common(month, make):
    """A common amount; last month's rate is left out, for a fall of it is K305's."""
    return month.on(make.amount(scope=None)).last(percent=None)


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        (date(2023, 12, 31), Period(2023, 3), "25"),
        (None, Period(2023, 6), "50"),
        (date(2023, 9, 30), Period(2023, 3), "33.3"),
        (date(2023, 3, 31), Period(2023, 3), "100"),
        (date(2023, 3, 31), Period(2023, 11), "100"),
        (date(2024, 6, 30), Period(2023, 9), "50"),
        (date(2022, 12, 31), Period(2023, 1), "100"),
        (date(2023, 12, 31), Period(2024, 1), "100"),
        (date(2023, 12, 31), Period(2022, 12), "0"),
    ],
)
def test_expected_share(day, period, expected):
    kind = DeadlineKind.DATE if day else DeadlineKind.EVENT
    share = expected_percent(Deadline("", kind, day), 2023, period)
    assert abs(share - Decimal(expected)) < Decimal("0.05")


def test_ten_points_behind_without_a_reason(common):
    found = at(common, "15").finding("S401")
    assert (found.severity, found.field) == (Severity.WARNING, "problems")
    assert found.values == (("expected", "25"), ("lag", "10"), ("share", "15"))
    for figure in ("25%", "10 个百分点", "15%"):
        assert figure in found.message
    assert at(common, "15.1").codes == []


@pytest.mark.parametrize("words", ["", "无", "暂无。", "/", "无明显问题", "同上", "未发现突出问题"])
def test_words_that_are_no_reason(common, words):
    assert "S401" in at(common, "10", problems=words).codes


def test_with_a_reason_it_is_a_hint(common):
    explained = at(common, "10", problems="无施工条件：冻土未化。")
    assert explained.codes == ["S403"]
    assert at(common, "15", problems="无施工条件：冻土未化。").codes == ["S403"]
    assert explained.finding("S403").severity is Severity.HINT
    assert at(common, "16", problems="无施工条件：冻土未化。").codes == []


def test_far_behind(common):
    june = in_june(common)
    assert at(june, "20").finding("S402").severity is Severity.WARNING
    assert "S401" not in at(june, "20").codes
    assert {"S401"} == set(at(june, "20.1").codes)


def test_far_behind_with_a_reason_must_not_be_called_on_track(common):
    june = in_june(common)
    reason = "设备到货推迟两个月。"
    assert at(june, "20", problems=reason).codes == ["S404"]
    assert at(june, "20", problems=reason, status=Status.BEHIND).codes == ["S403"]
    assert at(june, "20.1", problems=reason).codes == ["S403"]


def test_thresholds_are_settings(common):
    strict = common.replace(thresholds=Thresholds(behind=Decimal(2), serious=Decimal(5)))
    assert at(strict, "22").codes == ["S401"]
    assert at(strict, "20").codes == ["S402"]
    assert at(strict, "23.1").codes == []


def test_the_own_amount_stands_in_for_a_missing_rate(month):
    behind = month.with_(percent=None, this_month=Decimal(0), cumulative=Decimal(6))
    assert "15%" in behind.finding("S401").message


def test_without_rate_or_own_amount_nothing_is_known(common):
    unknown = common.with_(percent=None)
    assert not {"S401", "S402"} & set(unknown.codes)
    assert unknown.not_checked == common.not_checked + 1


def test_a_qualitative_task_has_no_schedule(month, make):
    ratio = month.on(make.ratio()).replace(before=None).with_(percent=None, this_month=None, cumulative=None)
    assert (ratio.codes, ratio.not_checked) == ([], 0)


def test_status_behind_or_overdue_wants_a_reason(common):
    for status in (Status.BEHIND, Status.OVERDUE):
        found = common.with_(status=status).finding("S405")
        assert found.severity is Severity.WARNING
        assert common.with_(status=status, problems="管线迁改未批。").codes == []
    assert common.codes == []


def test_one_lag_is_said_once(common):
    for percent in ("10", "15"):
        assert at(common, percent, status=Status.BEHIND).codes == ["S401"]


def test_a_nil_reason_left_from_before_is_none(common):
    assert at(common, "10", nil=False, nil_reason="冬季停工。").codes == ["S401"]


def test_a_nil_reason_is_a_reason(common):
    nil = Entry("3-9", status=Status.BEHIND, nil=True, nil_reason="冬季停工。")
    assert common.replace(entry=nil).codes == []


def test_deadline_passed(month, make):
    passed = month.on(make.ratio(), day=date(2023, 3, 31))
    found = passed.finding("S406")
    assert found.severity is Severity.WARNING
    assert "2023-03-31" in found.message
    assert "S408" not in passed.codes
    assert "S406" not in month.on(make.ratio(), day=date(2023, 4, 1)).codes
    assert "S406" not in passed.with_(status=Status.DONE, percent=Decimal(100)).codes
    assert "S406" in passed.with_(status=Status.OVERDUE).codes
    assert "S406" not in passed.with_(status=Status.OVERDUE, problems="招标流标一次。").codes
    assert "S406" in passed.with_(status=Status.BEHIND, problems="招标流标一次。").codes


def test_a_passed_deadline_is_said_once(month, make):
    passed = month.on(make.amount(scope=None), day=date(2023, 3, 15))
    assert passed.codes == ["S406"]


def test_a_nil_report_on_a_task_done_before_is_not_overdue(month, make):
    passed = month.on(make.ratio(), day=date(2023, 3, 31))
    nil = passed.replace(entry=Entry("3-9", nil=True, nil_reason="已于2月完成，本月无需开展工作。"))
    assert "S406" in nil.codes
    assert nil.last(status=Status.DONE).codes == []


def test_last_months_status_stands_in_only_for_a_nil_report(month, make):
    unsaid = month.on(make.ratio(), day=date(2023, 3, 31)).last(status=Status.DONE).with_(status=None)
    assert unsaid.codes == ["C102", "S406"]


def test_done_is_held_against_the_figure_that_is_there(month, make):
    done = month.with_(status=Status.DONE, percent=None, this_month=Decimal(33), cumulative=Decimal(39))
    assert "S407" in done.codes
    without = month.replace(before=None).with_(status=Status.DONE, percent=None, this_month=None, cumulative=None)
    amount, words = without.on(make.amount(scope=None)), without.on(make.ratio())
    assert amount.not_checked == words.not_checked + 2  # S407, and the sum of F208


def test_done_below_a_hundred(month, common):
    done = common.with_(status=Status.DONE, percent=Decimal("99.9"))
    assert done.finding("S407").severity is Severity.WARNING
    assert common.with_(status=Status.DONE, percent=Decimal(100)).codes == []
    short = month.with_(status=Status.DONE, percent=Decimal(100), this_month=Decimal(33), cumulative=Decimal(39))
    assert short.finding("S407").field == "cumulative"
    full = month.with_(status=Status.DONE, percent=Decimal(100), this_month=Decimal(34), cumulative=Decimal(40))
    assert full.codes == []


def test_deadline_in_the_next_month(month, make):
    near = month.on(make.ratio(), day=date(2023, 4, 30))
    assert near.finding("S408").severity is Severity.HINT
    assert "S408" not in near.with_(status=Status.DONE, percent=Decimal(100)).codes
    assert "S408" not in month.on(make.ratio(), day=date(2023, 5, 1)).codes


def test_not_started_beside_figures(month, make):
    new = month.on(make.amount(scope=None)).replace(before=None)
    assert "S409" in new.with_(status=Status.NOT_STARTED).codes
    zeros = {"this_month": Decimal(0), "cumulative": Decimal(0), "percent": Decimal(0)}
    assert "S409" not in new.with_(status=Status.NOT_STARTED, **zeros).codes
    assert "S409" not in new.with_(status=Status.PREPARING).codes
