"""P7 and L8: who signs, and when."""

from dataclasses import replace
from datetime import date

from desktop_app.model.finding import REPORT, Severity
from desktop_app.model.report import People

PHONE = "010-65090000"


def test_names_missing_are_one_hint(month):
    found = month.replace(people=People()).finding("P701")
    assert (found.task, found.field, found.severity) == (REPORT, "preparer", Severity.HINT)
    for word in ("填报人", "单位负责人", "联系电话"):
        assert word in found.message
    assert month.replace(people=People("甲", "", "乙", PHONE)).codes == []


def test_the_same_person_twice(month):
    found = month.replace(people=People("张三", "", "张 三", PHONE)).finding("P702")
    assert found.severity is Severity.WARNING
    assert "张三" in found.message
    assert month.replace(people=People("张三", "张三", "张三丰", PHONE)).codes == ["P705"]
    assert month.replace(people=People("张三", "李四", "张三丰", PHONE)).codes == []


def test_names_that_cannot_be_printed(month):
    odd = month.replace(people=People("甲𠮷", "", "乙\u200b", PHONE), missing_glyphs="𠮷")
    found = odd.finding("P703")
    assert found.severity is Severity.ERROR
    assert found.values == (("preparer", "U+20BB7"), ("approver", "U+200B（零宽空格）"))
    assert odd.replace(missing_glyphs="", people=People("甲𠮷", "", "乙", PHONE)).codes == []


def test_late_by_a_day_and_in_time_on_the_day(month):
    late = month.replace(today=date(2023, 4, 7))
    found = late.finding("L801")
    assert (found.task, found.severity) == (REPORT, Severity.WARNING)
    assert "2023-04-06" in found.message
    assert "1 天" in found.message
    assert month.replace(today=date(2023, 4, 6)).codes == []


def test_a_reason_for_lateness_holds_tomorrow_too(month):
    first, second = (month.replace(today=date(2023, 4, day)).finding("L801") for day in (7, 10))
    assert first.values == second.values
    assert first.message != second.message


def test_an_estimated_due_date_is_a_hint(month):
    found = month.replace(due=replace(month.due, certain=False)).finding("L802")
    assert found.severity is Severity.HINT


def test_before_the_month_is_over(month):
    assert month.replace(today=date(2023, 3, 31)).codes == ["L803"]
    assert month.replace(today=date(2023, 4, 1)).codes == []
