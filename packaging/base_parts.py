"""What comes out of the old base and not out of a Python package: of which Debian package, and under which licence.

assemble.py writes it down beside the program, as doc/parts.json and the copyright files of those packages; make_deb.py
puts it into the bill of materials.
"""

import json
import shutil
import subprocess
from pathlib import Path

SOURCES = Path("/opt/base/sources")  # packaging/old-base: NAME VERSION of each source package that it built
UNPACKED = Path("/usr/src")
DOC = Path("/usr/share/doc")


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


def _of_a_package(library: Path) -> dict[str, str]:
    """The package that this library of the base came with."""
    name = _said("dpkg-query", "-S", f"*/{library.name}").split(":")[0]
    version = _said("dpkg-query", "-W", "-f", "${Version}\\n", name).split("\n")[0]
    return {"name": name, "version": version, "kind": "binary", "copyright": str(DOC / name / "copyright")}


def _of_sources() -> list[dict[str, str]]:
    """The packages that were compiled for this program."""
    rows = SOURCES.read_text("ascii").splitlines() if SOURCES.exists() else []
    found = []
    for name, version in (row.split() for row in rows):
        (text,) = UNPACKED.glob(f"{name}-*/debian/copyright")
        found.append({"name": name, "version": version, "kind": "source", "copyright": str(text)})
    return found


def write_down(out: Path, libraries: list[Path]) -> None:
    """The list and the copyright files below `out`/doc; only what is known to a dpkg."""
    doc = out / "doc"
    (doc / "copyright-of").mkdir(parents=True)
    known = [path for path in libraries if shutil.which("dpkg-query") and "yuebao" not in path.name]
    rows = {row["name"]: row for row in (*map(_of_a_package, known), *_of_sources())}
    for name, row in rows.items():
        shutil.copyfile(row.pop("copyright"), doc / "copyright-of" / name)
    listed = sorted(rows.values(), key=lambda row: row["name"])
    (doc / "parts.json").write_text(json.dumps({"parts": listed}, indent=1) + "\n", encoding="ascii")
