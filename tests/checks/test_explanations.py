"""情况说明: for warnings, in words, and only while the figures stand."""

import pytest

from desktop_app.checks import check, explain, is_stale
from desktop_app.model.finding import Explanation, Finding, Severity

FALL = Finding(
    "K301", Severity.WARNING, "3-9", "cumulative", "m", "r", (("cumulative", "17"), ("last_cumulative", "21"))
)
TEXT = "2月误报4个，已核减。"
WRITTEN = Explanation("3-9", "K301", TEXT, FALL.values)


def test_an_explanation_opens_the_way():
    (found,) = explain((FALL,), (WRITTEN,))
    assert FALL.blocks
    assert found.explanation == TEXT
    assert not found.blocks


@pytest.mark.parametrize(
    "other",
    [
        Explanation("3-9", "K301", TEXT, (("cumulative", "16"), ("last_cumulative", "21"))),
        Explanation("3-9", "K301", TEXT),
        Explanation("3-9", "K302", TEXT, FALL.values),
        Explanation("3-8", "K301", TEXT, FALL.values),
        Explanation("3-9", "K301", " 无 ", FALL.values),
        Explanation("3-9", "K301", "略", FALL.values),
        Explanation("3-9", "K301", "", FALL.values),
    ],
)
def test_explanations_that_do_not_count(other):
    (found,) = explain((FALL,), (other,))
    assert found.explanation is None
    assert found.blocks


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.HINT])
def test_only_warnings_can_be_explained(severity):
    finding = Finding("K301", severity, "3-9", "cumulative", "m", "r", FALL.values)
    assert explain((finding,), (WRITTEN,)) == (finding,)


def test_the_last_of_several_counts():
    (found,) = explain((FALL,), (WRITTEN, Explanation("3-9", "K301", "更正。上月多报。", FALL.values)))
    assert found.explanation == "更正。上月多报。"


def test_stale_means_that_the_warning_stands_with_other_values():
    changed = Explanation("3-9", "K301", TEXT, (("cumulative", "16"), ("last_cumulative", "21")))
    assert is_stale(changed, (FALL,))
    assert not is_stale(WRITTEN, (FALL,))
    assert not is_stale(changed, ())


def test_the_same_number_in_another_writing_is_not_stale(month):
    from decimal import Decimal

    fallen = month.last(cumulative=Decimal(21)).with_(cumulative=Decimal("17.0"))
    written = Explanation("3-9", "K301", TEXT, fallen.finding("K301").values)
    again = check(fallen.with_(cumulative=Decimal(17)).context).findings
    assert [item.explanation for item in explain(again, (written,)) if item.code == "K301"] == [TEXT]
