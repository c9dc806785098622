"""Memory of the window at rest, with all its tasks checked and the day's copy made, beside a bare window's."""

from typing import Any

from tests.benchmarks._window_runs import BARE, answer, started

NAME = "window_memory"
SIZE_NAME = "tasks"
SIZE = 500
ROUNDS = 5
REST = 3.0  # seconds after the first paint: the rules run at once, the look through the book and its copy follow
ROW = "  {window}: {memory_mb:.1f} MB"
LIMIT = 1.7


def measure(size: int, rounds: int) -> dict[str, Any]:
    """Medians of both, started in turns."""
    ours = f"{size} tasks"
    rows = started({BARE: None, ours: size}, rounds, REST)
    bare, full = (row["memory_mb"] for row in rows)
    return answer(NAME, SIZE_NAME, size, rows, {"memory / bare window": (full / bare, LIMIT)})
