"""Of requirements.lock what the named packages need, with its hashes: `lock_part.py NAME ...` on the standard output.

Who needs whom stands in the lock itself ("# via"). Runs on the standard library alone.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"


def blocks(lock: str) -> dict[str, str]:
    """Name -> its lines in the lock."""
    parts = re.split(r"^(?=[a-z0-9])", lock, flags=re.M)
    return {part.split("==")[0]: part for part in parts if "==" in part.split("\n")[0]}


def part(lock: str, names: Iterable[str]) -> str:
    """The lines of these packages and of all that they need; KeyError for a name that is not locked."""
    held = blocks(lock)
    needers = {name: set(re.findall(r"^    # +(?:via )?([a-z0-9-]+)", text, re.M)) for name, text in held.items()}
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in wanted:
            continue
        if name not in held:
            raise KeyError(name)
        wanted.add(name)
        waiting += [other for other, by in needers.items() if name in by]
    return "".join(held[name] for name in sorted(wanted))


if __name__ == "__main__":
    print(part(LOCK.read_text("utf-8"), sys.argv[1:]))
