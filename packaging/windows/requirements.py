"""What the Windows program needs, of requirements.lock with its hashes, on the standard output.

Markers are taken off, so that another system can look whether Windows wheels of all of them exist:
    python packaging/windows/requirements.py > needed.txt
    pip download --require-hashes --no-deps --only-binary=:all: --platform win_amd64 --python-version 3.11
        --implementation cp --abi cp311 --abi abi3 --abi none -d wheels -r needed.txt
"""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lock_part import LOCK, blocks

KEPT = LOCK.parent / "resources" / "licences" / "third-party.json"
ON_LINUX = ("jeepney", "secretstorage")  # the keyring of GNOME and KDE; Windows has its own, by pywin32-ctypes


def needed() -> str:
    """Lines for pip."""
    rows = json.loads(KEPT.read_text("utf-8"))["licences"]
    names = {row["name"] for row in rows if row["kind"] == "package" and row["use"] in ("program", "windows")}
    held = blocks(LOCK.read_text("utf-8"))
    return "".join(
        re.sub(r"^(\S+==\S+) ;.*\\$", r"\1 \\", held[name], flags=re.M) for name in sorted(names - {*ON_LINUX})
    )


if __name__ == "__main__":
    sys.stdout.write(needed())
