"""The rules over a large plan run aside: the window answers, says nothing before they did, and loses no word typed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.desk import check_report, settings
from desktop_app.model.finding import REPORT
from tests.ui.conftest import HALF, MARCH, Beats
from ui import background
from ui.main_window import MainWindow
from ui.models.task_list import Choice
from ui.session import LARGE


def rest() -> None:
    while background.busy():
        background.wait()
        QApplication.processEvents()


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The rules say nothing before they are let go."""
    go, over = threading.Event(), check_report.over

    def slow(*given):
        work = over(*given)

        def wait():
            assert go.wait(20)
            return work()

        return wait

    with monkeypatch.context() as patched:
        patched.setattr(check_report, "over", slow)
        try:
            yield go
        finally:
            go.set()
    rest()


def test_the_window_answers_while_all_rules_run(window: MainWindow, monkeypatch) -> None:
    session = window.session
    assert len(session.view.rows) > LARGE
    window.go("check")
    rest()
    known = session.all_findings()
    assert known
    over = check_report.over

    def long(*given):
        work = over(*given)
        return lambda: [work() for _again in range(10)][-1]

    with monkeypatch.context() as patched:
        patched.setattr(check_report, "over", long)
        assert Beats().standstill(window.check.again.click) < HALF
    session.recheck()
    assert session.all_findings() == known
    assert window.check.list.count() > len(known)


def test_nothing_is_said_of_a_month_before_the_rules_were_over_it(window: MainWindow, monkeypatch) -> None:
    session = window.session
    window.go("fill")
    window.go("send")
    rest()
    blocking = window.send.open.text()
    assert "个问题没有处理" in blocking
    with held(monkeypatch) as go:
        session.refresh()
        assert (window.send.open.text(), window.send.prepare.isEnabled()) == ("正在校验…", False)
        window.go("month")
        assert "正在校验" in " ".join(label.text() for label in window.this_month.findChildren(QLabel))
        window.go("fill")
        before = window.fill.chips[Choice.PROBLEM].text()
        window.go("check")
        assert (window.check.title.text(), window.check.counts.text()) == ("正在校验…", "")
        assert window.check.list.count() == 0
        assert not window.check.onward.isEnabled()
        assert not session.known
        go.set()
    assert session.known
    assert window.check.list.count() > 0
    assert "个问题" in window.check.title.text()
    assert window.check.onward.isEnabled()
    assert window.send.open.text() == blocking
    assert window.fill.chips[Choice.PROBLEM].text() != before


def test_what_is_typed_meanwhile_is_checked_with_its_new_values(window: MainWindow, monkeypatch) -> None:
    session = window.session
    task = session.view.rows[3].task.id
    for known in (True, False):
        with held(monkeypatch) as go:
            session.recheck_aside() if known else session.refresh()
            session.autosave.note(MARCH, task, "narrative", "" if known else "写了一句完整的话，说明本月的进展。")
            assert session.autosave.flush()
            assert session.checking
            here = session.findings[task]
            go.set()
        assert session.findings[task] == here
        aside = session.all_findings(), session.unchecked, session.stale
        session.recheck()
        assert aside == (session.all_findings(), session.unchecked, session.stale)


def test_the_newest_look_counts(window: MainWindow, monkeypatch) -> None:
    session = window.session
    with held(monkeypatch) as go:
        session.recheck_aside()
        settings.set_threshold(session.desk, "behind", "5")
        session.refresh()
        go.set()
    now = session.all_findings()
    session.recheck()
    assert session.all_findings() == now


def test_a_month_chosen_meanwhile_is_the_one_that_is_told_of(window: MainWindow, monkeypatch) -> None:
    session = window.session
    with held(monkeypatch) as go:
        session.recheck_aside()
        window.choose_month(MARCH.previous)
        go.set()
    assert session.period == MARCH.previous
    aside = session.all_findings()
    session.recheck()
    assert session.all_findings() == aside
    assert any(finding.task != REPORT for finding in aside)


def test_the_window_closes_while_the_rules_run(window: MainWindow, monkeypatch) -> None:
    with held(monkeypatch) as go:
        window.session.autosave.note(MARCH, window.session.view.rows[0].task.id, "next_steps", "还没有写完。")
        window.session.recheck_aside()
        window.session.autosave.flush()
        assert window.close()
        go.set()
    assert not window.session.checking
