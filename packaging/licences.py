"""Under which licences the things are that ship with the program.

licences.py collect          writes resources/licences/third-party.json from the lock and from what is installed
licences.py cyclonedx FILE   writes the bill of materials (CycloneDX 1.6, JSON): the same bytes from the same lock
"""

import json
import os
import re
import sys
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from lock_part import LOCK, blocks

TOP = Path(__file__).resolve().parent.parent
KEPT = TOP / "resources" / "licences" / "third-party.json"
SHIPPED = TOP / "packaging" / "shipped-requirements.txt"
# What a package's own metadata says in other words than SPDX's, or not at all; read in its licence's text.
SPOKEN = {
    "aiosignal": "Apache-2.0", "babel": "BSD-3-Clause", "backports-tarfile": "MIT", "chinesecalendar": "MIT",
    "click-default-group": "BSD-3-Clause", "colorama": "BSD-3-Clause", "grimp": "BSD-2-Clause",
    "import-linter": "BSD-2-Clause", "jaraco-classes": "MIT", "lxml": "BSD-3-Clause", "markdown-it-py": "MIT",
    "mdurl": "MIT", "pathspec": "MPL-2.0", "pypdfium2": "BSD-3-Clause AND Apache-2.0", "pywin32-ctypes": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause", "rfc8785": "Apache-2.0", "sortedcontainers": "Apache-2.0", "sqlcipher3": "Zlib",
    "sqlite-fts4": "Apache-2.0", "xlrd": "BSD-3-Clause AND BSD-4-Clause",
}  # fmt: skip
ON_WINDOWS = ("colorama", "pywin32-ctypes")
NOT_INSIDE = ("pip",)  # sqlite-utils names it; nothing of ours asks for it, and no package of ours brings it
WITHOUT_TEXTS = {"pyside6-essentials": ["licences/LGPL-3.0.txt", "licences/GPL-3.0.txt"],
                 "shiboken6": ["licences/LGPL-3.0.txt", "licences/GPL-3.0.txt"]}  # fmt: skip
LICENCE_FILE = re.compile(r"\.dist-info/(.*(?:licen[cs]e|copying|notice|authors).*)", re.I)
SPDX = re.compile(r"(?:[A-Z][A-Za-z]*-)?[A-Za-z0-9.]+(?:-[A-Za-z0-9.]+)*(?: (?:AND|OR|WITH) [A-Za-z0-9.-]+)*")
PARTS: tuple[dict[str, Any], ...] = (
    {"name": "Qt", "version": "", "licence": "LGPL-3.0-only", "kind": "library",
     "ours": ["licences/LGPL-3.0.txt", "licences/GPL-3.0.txt"]},
    {"name": "CPython", "version": "3.11", "licence": "PSF-2.0", "kind": "library",
     "ours": ["licences/Python-3.11.txt"]},
    {"name": "ICU", "version": "73", "licence": "Unicode-DFS-2016", "kind": "library",
     "ours": ["licences/ICU-73.txt"]},
    {"name": "SQLCipher", "version": "4", "licence": "BSD-3-Clause", "kind": "library",
     "ours": ["licences/SQLCipher.txt"]},
    {"name": "OpenSSL", "version": "3", "licence": "Apache-2.0", "kind": "library",
     "ours": ["licences/Apache-2.0.txt"]},
    {"name": "SQLite", "version": "3", "licence": "blessing", "kind": "library", "ours": []},
    {"name": "FandolFang", "version": "", "licence": "GPL-3.0-only WITH Font-exception-2.0", "kind": "font",
     "ours": ["fonts/licences/FandolFang-COPYING.txt", "fonts/licences/FandolFang-README.txt"]},
    {"name": "Noto Serif CJK SC, Noto Sans CJK SC", "version": "", "licence": "OFL-1.1", "kind": "font",
     "ours": ["fonts/licences/fonts-noto-cjk-copyright.txt"]},
    {"name": "LXGW WenKai", "version": "", "licence": "OFL-1.1", "kind": "font",
     "ours": ["fonts/licences/fonts-lxgw-wenkai-copyright.txt"]},
    {"name": "Unihan", "version": "15", "licence": "Unicode-DFS-2016", "kind": "data", "ours": ["pinyin/LICENCE.txt"]},
    {"name": "srgb.icc", "version": "", "licence": "CC0-1.0", "kind": "data", "ours": []},
)  # fmt: skip

COMPILED = {"python3.11": "CPython", "openssl": "OpenSSL", "sqlite3": "SQLite"}  # source package -> its part above


def locked() -> dict[str, str]:
    """Name -> version of every package in requirements.lock."""
    return {
        name: text.split("==")[1].split()[0] for name, text in blocks(LOCK.read_text("utf-8")).items()
    }  # the first line: NAME==VERSION ; marker \


def _licence(name: str) -> str:
    """As SPDX writes it; LookupError where neither the package nor our table says it."""
    if name in SPOKEN:
        return SPOKEN[name]
    said = distribution(name).metadata
    found = said.get("License-Expression") or said.get("License") or ""
    found = {"Apache 2.0": "Apache-2.0", "BSD": "BSD-3-Clause"}.get(found, found)
    if not SPDX.fullmatch(found):
        raise LookupError(f"{name}: {found!r} is no SPDX expression; read its licence and add it to SPOKEN")
    return found


def _row(name: str, version: str, inside: set[str]) -> dict[str, Any]:
    use = "program" if name in inside else "windows" if name in ON_WINDOWS else "development"
    row = {"name": name, "version": version, "licence": _licence(name), "kind": "package", "use": use, "ours": []}
    if use != "program":
        return row
    held = distribution(name)
    if held.version != version:
        raise LookupError(f"{name} {held.version} is installed, {version} is locked")
    found = (LICENCE_FILE.search(str(file)) for file in held.files or ())
    row["texts"] = sorted(match[1] for match in found if match)
    return {**row, "ours": WITHOUT_TEXTS[name]} if name in WITHOUT_TEXTS else row


def rows() -> list[dict[str, Any]]:
    """One for every locked package, and one for everything else that ships."""
    inside = set(blocks(SHIPPED.read_text("utf-8"))) - set(NOT_INSIDE)
    held = locked()
    found = [_row(name, version, inside) for name, version in sorted(held.items())]
    parts = [{**part, "use": "program"} for part in PARTS]
    parts[0]["version"] = held["pyside6-essentials"]
    return [*found, *parts]


def collect() -> None:
    """Write the list that ships."""
    text = json.dumps({"licences": rows()}, ensure_ascii=False, indent=1)
    KEPT.write_text(text + "\n", encoding="utf-8")


def _component(row: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    kind = {"font": "data", "data": "data"}.get(row["kind"], "library")
    made: dict[str, Any] = {"type": kind, "bom-ref": f"{row['kind']}:{row['name']}", "name": row["name"]}
    if row["version"]:
        made["version"] = row["version"]
    made["licenses"] = [{"expression": row["licence"]}]
    if row["kind"] == "package":
        made["purl"] = made["bom-ref"] = f"pkg:pypi/{row['name']}@{row['version']}"
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", texts[row["name"]])
        # of the files that may be installed; which one was depends on the system
        made["properties"] = [{"name": "yuebao:accepted-sha256", "value": value} for value in hashes]
    return made


def _part_of_the_base(row: dict[str, str]) -> dict[str, Any]:
    """What was compiled from a source package of Debian, or taken out of one of its packages."""
    purl = f"pkg:deb/debian/{row['name']}@{quote(row['version'])}" + "?arch=source" * (row["kind"] == "source")
    said = {"license": {"name": f"files/doc/copyright-of/{row['name']}"}}
    return {"type": "library", "bom-ref": purl, "name": row["name"], "version": row["version"], "licenses": [said],
            "purl": purl}  # fmt: skip


def bill(base: Iterable[dict[str, str]] = (), packages: Collection[str] | None = None) -> dict[str, Any]:
    """What is inside the program, without a developer's tools.

    Of a program put together: `base` is what base_parts.py wrote down, `packages` are those that are really in it.
    """
    from desktop_app import __version__

    texts = blocks(LOCK.read_text("utf-8"))
    rows = json.loads(KEPT.read_text("utf-8"))["licences"]
    built = {COMPILED.get(row["name"]) for row in base}
    inside = [row for row in rows if row["use"] != "development" and row["name"] not in built]
    if packages is not None:
        inside = [row for row in inside if row["kind"] != "package" or row["name"] in packages]
    own = {"type": "application", "bom-ref": "yuebao", "name": "yuebao", "version": __version__,
           "licenses": [{"expression": "GPL-3.0-or-later"}]}  # fmt: skip
    components = [_component(row, texts) for row in inside] + [_part_of_the_base(row) for row in base]
    moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    serial = uuid5(NAMESPACE_URL, json.dumps([own, components, moment.isoformat()], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"timestamp": moment.isoformat().replace("+00:00", "Z"), "component": own},
        "components": components,
        "dependencies": [{"ref": "yuebao", "dependsOn": sorted(row["bom-ref"] for row in components)}],
    }


def main(verb: str, *files: str) -> int:
    """Exit code."""
    try:
        if verb == "collect" and not files:
            collect()
        elif verb == "cyclonedx" and len(files) == 1:
            Path(files[0]).write_text(json.dumps(bill(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except (LookupError, PackageNotFoundError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(TOP))
    sys.exit(main(*(sys.argv[1:] or [""])))
