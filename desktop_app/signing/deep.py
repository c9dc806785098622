"""Room for deep recursion: pyHanko follows a PDF's references by recursion, one level more for each bookmark."""

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

_LEVELS = 60_000  # some 20,000 bookmarks in a row
_STACK = 512 * 1024 * 1024  # bytes of address space; only what is used is taken
_one_at_a_time = threading.Lock()  # both settings are the whole process's


def with_room(call: Callable[[], _T]) -> _T:
    """What `call` gives, or raises, run in a thread whose stack is deep enough for a long report."""
    results: list[_T] = []
    problems: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as problem:  # noqa: BLE001 - handed over to the caller's thread just below
            problems.append(problem)

    with _one_at_a_time:
        levels, stack = sys.getrecursionlimit(), threading.stack_size(_STACK)
        sys.setrecursionlimit(max(levels, _LEVELS))
        try:
            thread = threading.Thread(target=run, name="verify")
            thread.start()
            thread.join()
        finally:
            threading.stack_size(stack)
            sys.setrecursionlimit(levels)
    if problems:
        raise problems[0]
    return results[0]
