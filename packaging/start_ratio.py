"""How much longer the installed program takes to show its window than the source does: at most 1.2 times.

start_ratio.py FILES TREE: FILES is the package's files/ folder, TREE a checkout with .venv. Both start a process and
end when the first page is painted, by turns in one run; the quickest of each counts, since all else is other work.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT, ROUNDS = 1.2, 9
FIRST_PAINT = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from ui.app import Program, make_application
application = make_application()
program = Program(Path(sys.argv[1]), date(2023, 4, 4), lambda problem: sys.exit(9))
program.begin(sample=False)
loop = QEventLoop()
QTimer.singleShot(0, loop.quit)
loop.exec()
program.window.close()
"""


def once(command: list[str], environment: dict[str, str]) -> float:
    """Seconds of one start."""
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr}")
    return time.perf_counter() - began


def main(files: Path, tree: Path) -> int:
    plain = {"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "HOME": os.environ["HOME"]}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "paint.py").write_text(FIRST_PAINT, "utf-8")
        # the program's own starter, up to the module that it names
        starter = (files / "bin" / "yuebao").read_text("utf-8").replace("-m desktop_app", f"{folder}/paint.py")
        starter = starter.replace('$(dirname "$(readlink -f "$0")")', str(files / "bin"))
        (folder / "start").write_text(starter, "utf-8")
        book = str(folder / "book.yuebao")
        ways = {
            "source": ([str(tree / ".venv" / "bin" / "python"), str(folder / "paint.py"), book],
                       {**plain, "PYTHONPATH": str(tree)}),
            "installed": (["/bin/sh", str(folder / "start"), book], plain),
        }  # fmt: skip
        times: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(ROUNDS + 1):
            for way, (command, environment) in ways.items():
                seconds = once(command, environment)
                if turn:  # the first time fills the disk's cache and the source's bytecode
                    times[way].append(seconds)
    best = {way: min(seconds) for way, seconds in times.items()}
    ratio = best["installed"] / best["source"]
    print(
        json.dumps({**{way: round(value, 3) for way, value in best.items()}, "ratio": round(ratio, 2), "limit": LIMIT})
    )
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
