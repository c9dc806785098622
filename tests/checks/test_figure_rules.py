"""F2: figures that are asked for are there, possible, and agree."""

from decimal import Decimal

import pytest

from desktop_app.checks import Thresholds
from desktop_app.model.entry import Status
from desktop_app.model.finding import Severity

NONE = {"this_month": None, "cumulative": None}


def test_own_amount_without_any_figure_is_an_error(month, make):
    found = month.with_(**NONE).finding("F201")
    assert found.severity is Severity.ERROR
    assert "40 处" in found.message
    assert "F201" not in month.on(make.amount(scope=None)).with_(**NONE).codes
    assert "F201" not in month.on(make.amount(scope="110108")).with_(**NONE).codes
    zeros = {"this_month": Decimal(0), "cumulative": Decimal(6), "percent": Decimal(15)}
    assert "F201" not in month.with_(**zeros).codes


def test_one_figure_without_the_other_is_an_error(month, make):
    assert month.with_(cumulative=None).finding("F202").field == "cumulative"
    found = month.with_(this_month=None).finding("F202")
    assert (found.field, found.severity, found.values) == ("this_month", Severity.ERROR, (("cumulative", "10"),))
    assert "F202" not in month.on(make.ratio()).with_(this_month=None).codes
    assert "F202" not in month.with_(**NONE).codes
    assert "F201" not in month.with_(this_month=None).codes
    assert "F203" not in month.on(make.amount(scope=None)).with_(this_month=None).codes


def test_an_own_amount_of_zero_is_nothing_to_divide_by(month, make):
    assert not {"C107", "F207"} & set(month.on(make.amount("0")).with_(percent=None).codes)


def test_a_nil_report_may_leave_this_month_out(month):
    nil = month.with_(nil=True, nil_reason="等待审批。", this_month=None, cumulative=Decimal(6), percent=Decimal(15))
    assert "F202" not in nil.codes


@pytest.mark.parametrize("status", [Status.ON_TRACK, Status.BEHIND, Status.OVERDUE, Status.DONE])
def test_a_common_amount_under_way_wants_figures(month, make, status):
    common = month.on(make.amount(scope=None)).replace(before=None).with_(**NONE, status=status, percent=Decimal(100))
    found = common.finding("F203")
    assert found.severity is Severity.WARNING
    assert "处" in found.message


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.PREPARING, Status.ONGOING])
def test_no_figures_are_expected_before_the_work_begins(month, make, status):
    assert "F203" not in month.on(make.amount(scope=None)).replace(before=None).with_(**NONE, status=status).codes


def test_an_amount_that_only_restates_a_ratio_is_not_asked_for(month, make):
    state = month.on(make.ratio("70.3"), make.amount("26", scope=None, unit="个断面")).replace(before=None)
    assert state.with_(**NONE, percent=None).codes == []
    swapped = month.on(make.amount("26", scope=None), make.ratio("70.3")).replace(before=None)
    assert "F203" in swapped.with_(**NONE, percent=None).codes


@pytest.mark.parametrize("name", ["this_month", "cumulative", "percent", "under_way"])
def test_negative_figures(month, name):
    found = month.with_(**{name: Decimal("-0.1")}).finding("F204")
    assert (found.severity, found.field, found.values) == (Severity.ERROR, name, ((name, "-0.1"),))
    assert "F204" not in month.with_(**{name: Decimal(0)}).codes


def test_several_negative_figures_are_one_finding(month):
    found = month.with_(this_month=Decimal(-2), under_way=Decimal(-3)).finding("F204")
    assert found.values == (("this_month", "-2"), ("under_way", "-3"))
    assert "本月完成 -2" in found.message
    assert "在施 -3" in found.message


def test_percent_beyond_the_ceiling(month):
    assert month.with_(percent=Decimal("1000.1")).finding("F205").severity is Severity.ERROR
    assert "F205" not in month.with_(percent=Decimal(1000)).codes
    assert (
        "F205" in month.replace(thresholds=Thresholds(percent_ceiling=Decimal(200))).with_(percent=Decimal(201)).codes
    )


def test_percent_over_a_hundred(month, make):
    common = month.on(make.amount(scope=None))
    assert common.with_(percent=Decimal("100.1")).finding("F206").severity is Severity.HINT
    assert "F206" not in common.with_(percent=Decimal(100)).codes
    assert "F206" not in common.with_(percent=Decimal(120), status=Status.DONE).codes
    assert "F206" in common.with_(percent=Decimal(1000)).codes
    for cumulative in (Decimal(40), Decimal(42)):
        assert "F206" not in month.with_(percent=Decimal(105), cumulative=cumulative).codes
    assert "F206" in month.with_(percent=Decimal(105), cumulative=Decimal(39)).codes


def test_percent_against_the_own_amount(month, make):
    found = month.with_(percent=Decimal("26.1")).finding("F207")
    assert found.severity is Severity.WARNING
    assert "25%" in found.message
    assert found.values == (("percent", "26.1"), ("cumulative", "10"), ("own", "40"))
    assert "F207" not in month.with_(percent=Decimal(26)).codes
    assert "F207" not in month.on(make.amount(scope=None)).with_(percent=Decimal(90)).codes


def test_cumulative_below_this_month_where_last_month_is_unknown(month):
    first = month.replace(before=None)
    assert first.with_(cumulative=Decimal(3), percent=Decimal(20)).finding("F208").severity is Severity.WARNING
    assert "F208" not in first.with_(cumulative=Decimal(4)).codes
    assert "F208" not in month.with_(cumulative=Decimal(3)).codes


@pytest.mark.parametrize("text", ["NaN", "-sNaN", "Infinity", "1E+15", "1E-11", "1E+999999", "0E+99", "0E-999999"])
def test_a_number_that_cannot_be_reckoned_with_is_one_error_and_never_a_crash(month, text):
    for name in ("this_month", "cumulative", "percent", "under_way"):
        disturbed = month.with_(**{name: Decimal(text)})
        found = disturbed.finding("F209")
        assert (found.severity, found.field) == (Severity.ERROR, name)
        assert len(found.message) < 200
        assert set(disturbed.codes) <= {"F209", "F204"}


def test_large_and_fine_numbers_are_believed(month, make):
    big = month.on(make.amount(scope=None)).replace(before=None)
    assert "F209" not in big.with_(cumulative=Decimal("999999999999999.99")).codes
    assert "F209" not in big.with_(under_way=Decimal("0.0000000001")).codes


def test_a_missing_value_is_a_third_answer(month):
    assert month.not_checked == 0
    assert month.with_(percent=None).not_checked == 1
    assert month.replace(before=None).not_checked == 1
    assert month.with_(cumulative=None).not_checked > month.with_(percent=None).not_checked
