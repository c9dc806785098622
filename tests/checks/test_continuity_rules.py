"""K3: this month goes on from last month."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.checks import Thresholds
from desktop_app.model.entry import Status
from desktop_app.model.finding import Severity
from desktop_app.model.period import Period


def test_a_fall_is_a_warning_with_both_figures(month):
    fallen = month.last(cumulative=Decimal(21), percent=Decimal(52))
    found = fallen.finding("K301")
    assert found.severity is Severity.WARNING
    assert found.field == "cumulative"
    assert found.values == (("cumulative", "10"), ("last_cumulative", "21"))
    for figure in ("10 处", "21 处", "11 处"):
        assert figure in found.message
    assert "K302" not in fallen.codes


def test_figures_without_a_measure_word_read_well(month, make):
    bare = month.on(make.ratio()).last(cumulative=Decimal(21))
    assert "累计完成 10，上月为 21，少了 11，" in bare.finding("K301").message


def test_an_unchanged_total_is_no_fall(month):
    unchanged = month.with_(this_month=Decimal(0), cumulative=Decimal(6), percent=Decimal("15.9"))
    assert unchanged.codes == []


def test_a_sum_that_does_not_add_up(month):
    found = month.with_(this_month=Decimal(3)).finding("K302")
    assert found.severity is Severity.WARNING
    assert "6 + 本月 3 = 9" in found.message
    assert "10 处" in found.message


def test_the_tolerance_of_sums_is_a_setting(month):
    rounded = month.with_(this_month=Decimal("3.9"))
    assert "K302" in rounded.codes
    assert "K302" not in rounded.replace(thresholds=Thresholds(sum_tolerance=Decimal("0.1"))).codes


def test_decimals_add_up_exactly(month, make):
    month = month.on(make.amount(scope=None)).last(cumulative=Decimal("0.1"))
    assert "K302" not in month.with_(this_month=Decimal("0.2"), cumulative=Decimal("0.3")).codes


@given(st.decimals(0, 10**6, places=3), st.decimals(0, 10**6, places=3), st.decimals(0, 10**6, places=3))
def test_exactly_one_of_fall_and_sum_speaks_unless_all_is_well(last, this_month, cumulative):
    from tests.checks.conftest import Month, amount

    month = Month().on(amount(scope=None)).last(cumulative=last).with_(this_month=this_month, cumulative=cumulative)
    spoken = [code for code in month.codes if code in ("K301", "K302")]
    wanted = ["K301"] if cumulative < last else [] if cumulative == last + this_month else ["K302"]
    assert spoken == wanted


def test_january_is_not_held_against_another_year(month):
    january = month.replace(period=Period(2023, 1)).last(cumulative=Decimal(300), status=Status.DONE)
    assert not {"K301", "K302", "K303", "K304"} & set(january.codes)
    assert january.not_checked == 0


def test_going_back_in_status(month):
    found = month.last(status=Status.DONE).finding("K303")
    assert found.severity is Severity.WARNING
    assert "已完成" in found.message
    assert "正常推进" in found.message
    assert "K303" in month.with_(status=Status.PREPARING).codes
    assert "K303" not in month.with_(status=Status.BEHIND, problems="雨季停工。").codes
    assert "K303" not in month.last(status=Status.ONGOING).codes
    assert "K303" not in month.last(status=Status.NOT_STARTED).codes


def test_last_months_words_again(month, make):
    again = month.last(narrative=f"  {make.words[:-1]} ！\n".replace("，", ","))
    assert again.finding("K304").severity is Severity.WARNING
    assert "K304" not in month.last(narrative=make.words.replace("8处", "9处")).codes
    assert "K304" not in month.last(narrative="").codes
