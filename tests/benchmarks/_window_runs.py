"""Windows started one after the other, in turns, so that a busy moment strikes them all."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import _window_book

TOP = Path(__file__).resolve().parents[2]
BARE = "bare window"


def started(sizes: Mapping[str, int | None], rounds: int, rest: float = 0.0) -> list[dict[str, Any]]:
    """Medians over the rounds for each name: a window with so many tasks, or the bare one (None); warm."""
    with tempfile.TemporaryDirectory(prefix="yuebao-bench-") as folder:
        work = Path(folder)
        what = {
            name: "bare" if size is None else str(_window_book.make(work / f"book{place}.yuebao", size))
            for place, (name, size) in enumerate(sizes.items())
        }
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in what}
        for turn in range(rounds + 1):
            for name, argument in what.items():
                once = run(argument, work, rest)
                if turn:  # the first compiles the modules and warms the disk
                    found[name].append(once)
    return [_row(name, runs) for name, runs in found.items()]


def run(what: str, home: Path, rest: float = 0.0) -> dict[str, Any]:
    """One window from start to first paint; RuntimeError with what it said where it did not come.

    A window that has told what it took is not closed but gone: without its traces the next one would begin by saying
    that the last sitting did not end as it should.
    """
    shutil.rmtree(home / "state", ignore_errors=True)
    command = [sys.executable, "-m", "tests.benchmarks._window_process", str(time.monotonic()), str(rest), what]
    done = subprocess.run(
        command, cwd=TOP, env=_environment(home), capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{what}: {done.stderr[-400:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _environment(home: Path) -> dict[str, str]:
    kept = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_IM_MODULE": "none", "HOME": str(home)}
    kept |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    kept |= {"PYTHONPYCACHEPREFIX": str(home / "compiled"), "PYTHONPATH": str(TOP)}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


def _row(name: str, runs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "window": name,
        "seconds": round(median(run["seconds"] for run in runs), 4),
        "cpu_seconds": round(median(run["cpu_seconds"] for run in runs), 4),
        "memory_mb": round(median(run["memory_mb"] for run in runs), 1),
    }


def answer(name: str, size_name: str, size: int, rows: list[dict[str, Any]], ratios: Mapping[str, tuple[float, float]]):
    """The figures as every benchmark with targets gives them; `ratios` are each what was found and its limit."""
    targets = [
        {"name": target, "ratio": round(ratio, 3), "limit": limit, "holds": ratio <= limit}
        for target, (ratio, limit) in ratios.items()
    ]
    return {
        "name": name, size_name: size, "load": round(os.getloadavg()[0], 1), "rows": rows, "missing": [],
        "targets": targets, "holds": all(target["holds"] for target in targets),
    }  # fmt: skip
