"""From the start of the process to the first paint: our window with 500 tasks, the same with none, and a bare one.

Started by its command, as by hand, warm. Judged by processor time, which a busy machine does not stretch; the time by
the clock is told too.
"""

from typing import Any

from tests.benchmarks._window_runs import BARE, answer, started

NAME = "start"
SIZE_NAME = "tasks"
SIZE = 500
ROUNDS = 9
ROW = "  {window}: {cpu_seconds:.3f} s of processor, {seconds:.3f} s by the clock, {memory_mb:.0f} MB"
LIMITS = {"with tasks / without": 1.15, "with tasks / bare window": 1.9}


def measure(size: int, rounds: int) -> dict[str, Any]:
    """Medians of the three, started in turns."""
    ours = f"{size} tasks"
    rows = started({BARE: None, "no tasks": 0, ours: size}, rounds)
    took = {row["window"]: row["cpu_seconds"] for row in rows}
    found = (took[ours] / took["no tasks"], took[ours] / took[BARE])
    return answer(NAME, SIZE_NAME, size, rows, dict(zip(LIMITS, zip(found, LIMITS.values(), strict=True), strict=True)))
