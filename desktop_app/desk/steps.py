"""Verbs that are long and need the book: what takes long is handed out, and may be done in any thread.

Such a verb is written as a generator. It touches the book itself, in the thread that holds it, and yields what touches
none; it goes on with what came of that. A command does the work on the spot, the window in the background.
"""

from collections.abc import Callable, Generator
from typing import Any, TypeVar

Outcome = TypeVar("Outcome")
Steps = Generator[Callable[[], Any], Any, Outcome]


def at_once(steps: Steps[Outcome]) -> Outcome:
    """Do it all here and now."""
    try:
        work = next(steps)
        while True:
            try:
                value = work()
            except Exception as problem:  # noqa: BLE001 - the verb itself says what it means
                work = steps.throw(problem)
            else:
                work = steps.send(value)
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome
