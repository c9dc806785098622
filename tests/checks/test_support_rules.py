"""E6: what is said to be done can be shown."""

from decimal import Decimal

import pytest

from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.finding import Severity

PHOTO = Evidence("3-9", "验收.pdf", "application/pdf", 100, "0" * 64)


@pytest.fixture
def done(month, make):
    """A task without figures that is called done."""
    return (
        month.on(make.ratio())
        .replace(before=None)
        .with_(status=Status.DONE, this_month=None, cumulative=None, percent=None)
    )


def test_done_with_nothing_to_show(done):
    found = done.finding("E601")
    assert (found.severity, found.field) == (Severity.WARNING, "evidence")


def test_any_figure_or_evidence_is_something(done):
    assert done.replace(evidence=(PHOTO,)).codes == []
    assert done.with_(percent=Decimal(100)).codes == []
    assert done.with_(cumulative=Decimal(3)).codes == []
    assert "E601" not in done.with_(status=Status.ON_TRACK).codes


def test_a_nil_report_after_the_task_was_done_shows_nothing_again(done):
    nil = Entry("3-9", nil=True, nil_reason="已于2月完成。")
    assert done.replace(entry=nil, before=done.entry).codes == []


def test_a_key_task_done_without_evidence_is_a_hint(month, make):
    key = month.on(make.ratio(), key=True).with_(status=Status.DONE, percent=Decimal(100))
    assert key.codes == ["E602"]
    assert key.finding("E602").severity is Severity.HINT
    assert key.replace(evidence=(PHOTO,)).codes == []
    assert key.with_(percent=None).codes == ["E602"]
    assert key.replace(before=None).with_(percent=None, this_month=None, cumulative=None).codes == ["E601"]
    assert month.on(make.ratio()).with_(status=Status.DONE, percent=Decimal(100)).codes == []
