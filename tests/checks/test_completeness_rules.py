"""C1: a row is answered in words, or by a nil report with its reason."""

from decimal import Decimal

from desktop_app.model.entry import Entry, Status
from desktop_app.model.finding import Severity

NIL = Entry("3-9", nil=True, nil_reason="本月等待市级部门下发溯源技术方案，现场工作暂停。")


def test_a_proper_row_gives_nothing(month):
    assert month.codes == []


def test_a_required_row_without_entry_is_an_error_of_its_own(month):
    empty = month.replace(entry=None)
    found = empty.finding("C101")
    assert empty.codes == ["C101"]
    assert found.severity is Severity.ERROR
    assert "3-9「排口溯源整治」" in found.message
    assert found.field == "narrative"


def test_a_row_of_blanks_is_an_empty_row(month):
    assert month.replace(entry=Entry("3-9", narrative=" 　\n")).codes == ["C101"]


def test_an_optional_row_is_only_checked_when_it_was_filled(month):
    assert month.replace(entry=None, required=False).codes == []
    assert month.replace(entry=Entry("3-9", problems=" "), required=False).codes == []
    assert month.replace(required=False).with_(status=None).codes == ["J902"]


def test_a_stated_nil_report_is_an_answer(month):
    assert month.replace(entry=NIL).codes == []


def test_status_missing(month):
    assert month.with_(status=None).codes == ["C102"]
    assert "C102" not in month.replace(entry=NIL).codes


def test_narrative_missing(month):
    assert month.with_(narrative=" \n").codes == ["C103"]
    assert "C103" not in month.with_(narrative="完成3处。").codes


def test_nil_report_needs_a_reason(month):
    for reason in ("", "  ", "无", "无。", "/", "暂无", "本月无新增进展", "——"):
        assert month.replace(entry=Entry("3-9", nil=True, nil_reason=reason)).codes == ["C104"], reason
    assert month.replace(entry=Entry("3-9", nil=True, nil_reason="无施工条件，汛后复工。")).codes == []


def test_a_reason_counts_only_beside_a_nil_report(month):
    assert month.with_(nil=False, nil_reason="").codes == []


def test_nil_report_with_an_amount_contradicts_itself(month):
    nil = month.replace(entry=NIL)
    assert "C105" in nil.with_(this_month=Decimal("0.5"), cumulative=Decimal("6.5")).codes
    assert nil.with_(this_month=Decimal("0.5"), cumulative=Decimal(7)).finding("C105").values == (
        ("this_month", "0.5"),
    )
    assert "C105" not in nil.with_(this_month=Decimal(0), cumulative=Decimal(6)).codes


def test_next_steps_missing_is_a_hint(month):
    assert month.with_(next_steps="无").finding("C106").severity is Severity.HINT
    assert (
        month.with_(
            status=Status.DONE, percent=Decimal(100), cumulative=Decimal(40), this_month=Decimal(34), next_steps=""
        ).codes
        == []
    )


def test_percent_missing_names_the_rate(month, make):
    found = month.with_(percent=None).finding("C107")
    assert found.severity is Severity.HINT
    assert "25%" in found.message
    assert "C107" not in month.on(make.amount(scope=None)).with_(percent=None).codes
