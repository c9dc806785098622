"""The book agrees with its model, and the machine that says so is no rubber stamp."""

import sqlite3

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from desktop_app.errors import ClerkError
from tests.laws.book_machine import BookMachine
from tests.laws.planted import BUGS, QUICK

TestBookMachine = BookMachine.TestCase
TestBookMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


class LongBookMachine(BookMachine):
    """The same, longer."""


TestLongBookMachine = pytest.mark.long(LongBookMachine.TestCase)
TestLongBookMachine.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)

SEEN = (AssertionError, sqlite3.IntegrityError, ClerkError, pytest.fail.Exception)
HUNT = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("bug", [pytest.param(bug, marks=[] if bug in QUICK else pytest.mark.long) for bug in BUGS])
def test_a_planted_bug_is_caught(bug: str, monkeypatch: pytest.MonkeyPatch, count, capsys) -> None:
    """By the machine's own eyes, the file's guards or a refusal; a plant that crashes by itself proves nothing."""
    BUGS[bug](monkeypatch)
    with pytest.raises(SEEN) as caught:
        run_state_machine_as_test(BookMachine, settings=HUNT)
    count(f"planted: {bug}: caught by {type(caught.value).__name__}")


def test_without_a_planted_bug_the_same_hunt_finds_nothing() -> None:
    """Else the tests above would prove nothing."""
    run_state_machine_as_test(BookMachine, settings=settings(HUNT, max_examples=15))
