"""Where the frozen program begins. Has not been run on Windows.

The program starts a Python of its own to read strangers' tables (desktop_app.plans.workbook); frozen, that Python is
this file again: it is asked with `-W WORD -c CODE ARGUMENT ...`, as an interpreter would be.
"""

import multiprocessing
import sys
from pathlib import Path

WITH_CONSOLE = "yuebao.exe"  # beside yuebaow.exe, which has no standard output to be asked over


def as_interpreter(arguments: list[str]) -> bool:
    """Run CODE and say True, where that is what was asked for."""
    if len(arguments) < 4 or arguments[0] != "-W" or arguments[2] != "-c":
        return False
    sys.argv = ["-c", *arguments[4:]]
    exec(compile(arguments[3], "<string>", "exec"), {"__name__": "__main__"})
    return True


def main() -> None:
    """The program, or the reader of one table."""
    multiprocessing.freeze_support()
    if as_interpreter(sys.argv[1:]):
        return
    beside = Path(sys.executable).with_name(WITH_CONSOLE)
    if beside.exists():
        sys.executable = str(beside)
    from desktop_app.__main__ import run

    run()


if __name__ == "__main__":
    main()
