"""情况说明: written, taken back, written again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.desk.check_report import check, explain, withdraw
from desktop_app.desk.demo import MARCH, sample_book
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.model.finding import Severity


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = sample_book(tmp_path / "book.yuebao")
    yield opened
    opened.close()


def test_an_explanation_taken_back_leaves_its_warning_standing(desk: Desk) -> None:
    before = check(desk, MARCH)
    warning = next(finding for finding in before.findings if finding.severity is Severity.WARNING)
    explain(desk, MARCH, warning.task, warning.code, "示例说明：三季度集中实施。")
    assert check(desk, MARCH).unexplained == before.unexplained - 1
    withdraw(desk, MARCH, warning.task, warning.code)
    assert check(desk, MARCH) == before
    withdraw(desk, MARCH, warning.task, "NO-SUCH")
    explain(desk, MARCH, warning.task, warning.code, "示例说明：改在四季度。")
    assert check(desk, MARCH).unexplained == before.unexplained - 1


@pytest.mark.parametrize("text", ["", "  ", "无", "略"])
def test_what_gives_no_reason_is_no_explanation(desk: Desk, text: str) -> None:
    warning = next(finding for finding in check(desk, MARCH).findings if finding.severity is Severity.WARNING)
    with pytest.raises(ClerkError):
        explain(desk, MARCH, warning.task, warning.code, text)
