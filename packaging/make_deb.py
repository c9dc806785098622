"""The .deb, the .tar.xz and their checksums, from the program's folder: the same bytes from the same inputs.

make_deb.py --program FOLDER --source TREE --out DIR [--store] [--quick]; SOURCE_DATE_EPOCH is every file's time.
"""

import argparse
import hashlib
import io
import json
import lzma
import os
import re
import tarfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import licences
from command_tree import TOP  # noqa: F401 - it puts the house on the path
from deb_tree import HERE, HOME, MAINTAINER, Entry, debian, filled, uos
from debian_names import packages

from desktop_app import APPLICATION_ID, __version__

CONTROL = """Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {needed}
Recommends: {recommended}
Provides: yuebao
Section: misc
Priority: optional
Description: monthly progress reports on the pollution campaign, offline
 With Yuebao (月报) a unit's clerk takes in the task table that the bureau
 handed out, fills in the month's progress, has it checked while typing, and
 hands in a signed PDF that carries its data.
 .
 Python and Qt come along; it runs from glibc {glibc} on. It opens no network
 connection unless a report is handed in over one. Report books stay with their
 users when the package is removed or purged.
"""
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# jumps in compiled code become alike before they are packed
BEFORE = {"amd64": [{"id": lzma.FILTER_X86}], "arm64": []}
LIMIT = 60_000_000  # bytes of the package that is handed out
FOR_DEB, FOR_FOLDER = 9, 6  # the package has a limit; the folder may be a little larger and is packed in half the time
QUICK = 0  # to try something: a third larger, in a tenth of the time


def tar(entries: Iterable[Entry], moment: int) -> bytes:
    """A tar of these entries, owned by root and of one time: folders, then files, like beside like to pack small."""
    held = {entry.path: entry for entry in entries}
    folders = {str(folder) for path in held for folder in PurePosixPath(path).parents} - {"."}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in [*sorted(folders), *sorted(held, key=lambda path: (PurePosixPath(path).suffix, path))]:
            row, entry = tarfile.TarInfo(f"./{path}"), held.get(path)
            row.mtime, row.uname, row.gname = moment, "root", "root"
            if entry is None:
                row.type, row.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(row)
            elif entry.link:
                row.type, row.mode, row.linkname = tarfile.SYMTYPE, 0o777, entry.link
                archive.addfile(row)
            else:
                data = entry.content()
                row.size, row.mode = len(data), 0o755 if entry.runs else 0o644
                archive.addfile(row, io.BytesIO(data))
    return out.getvalue()


def packed_hard(data: bytes, architecture: str, preset: int) -> bytes:
    """In the .xz format."""
    return lzma.compress(data, filters=[*BEFORE[architecture], {"id": lzma.FILTER_LZMA2, "preset": preset}])


def ar(members: Iterable[tuple[str, bytes]], moment: int) -> bytes:
    """The outer archive of a .deb."""
    out = bytearray(b"!<arch>\n")
    for name, data in members:
        out += f"{name:<16}{moment:<12}{0:<6}{0:<6}{0o100644:<8o}{len(data):<10}`\n".encode("ascii") + data
        out += b"\n" * (len(data) % 2)
    return bytes(out)


def control_tar(entries: list[Entry], text: str, moment: int, scripts: dict[str, bytes]) -> bytes:
    """control, md5sums of every file, and what is run on removal."""
    sums = "".join(
        f"{hashlib.md5(entry.content()).hexdigest()}  {entry.path}\n"
        for entry in sorted(entries, key=lambda entry: entry.path)
        if not entry.link
    )
    held = [Entry("control", text.encode("utf-8")), Entry("md5sums", sums.encode("utf-8"))]
    held += [Entry(name, data, runs=True) for name, data in scripts.items()]
    return lzma.compress(tar(held, moment), preset=6)


def control_text(program: Path, entries: list[Entry], architecture: str) -> str:
    needs, nice, newest = packages(program)
    sizes = (len(entry.data) if isinstance(entry.data, bytes) else entry.data.stat().st_size for entry in entries)
    return CONTROL.format(
        name=APPLICATION_ID, version=__version__, architecture=architecture, maintainer=MAINTAINER,
        size=sum(-(-size // 1024) for size in sizes),
        needed=", ".join(needs), recommended=", ".join(nice), glibc=newest,
    )  # fmt: skip


def bill_of(program: Path) -> bytes:
    """The bill of materials of this very folder; LookupError for a package in it that has no row there."""
    inside = {re.sub(r"[-_.]+", "-", path.name.split("-")[0]).lower() for path in program.rglob("*.dist-info")}
    base = json.loads((program / "doc" / "parts.json").read_text("ascii"))["parts"]
    made = licences.bill(base, inside)
    unnamed = inside - {row["name"] for row in made["components"]}
    if unnamed:
        raise LookupError(f"not in the bill of materials: {', '.join(sorted(unnamed))}")
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def main() -> None:
    wanted = argparse.ArgumentParser()
    for name in ("--program", "--source", "--out"):
        wanted.add_argument(name, type=Path, required=True)
    for name in ("--store", "--quick"):
        wanted.add_argument(name, action="store_true")
    given = wanted.parse_args()
    moment = int(os.environ["SOURCE_DATE_EPOCH"])
    day = str(datetime.fromtimestamp(moment, UTC).date())
    architecture = ARCHITECTURES[os.uname().machine]
    bill = bill_of(given.program)
    form = [*uos(given.program, given.source, day, architecture), Entry("files/doc/yuebao.cdx.json", bill)]
    inside = [Entry(f"{HOME}/{entry.path}", entry.data, entry.link, entry.runs) for entry in form]
    scripts = {}
    if not given.store:  # the store takes no package with scripts, or with a file outside its folder
        inside += debian(given.program, given.source, day)
        scripts["postrm"] = (HERE / "desktop" / "postrm").read_bytes()
    text = control_text(given.program, inside, architecture)
    folder = f"yuebao-{__version__}-{architecture}"
    loose = [Entry(f"{folder}/{entry.path}", entry.data, entry.link, entry.runs) for entry in form]
    loose.append(Entry(f"{folder}/install-for-me", filled("install-for-me", day), runs=True))
    with ThreadPoolExecutor(2) as both:  # compressing lets go of the interpreter
        data, portable = both.map(
            lambda job: packed_hard(tar(job[0], moment), architecture, QUICK if given.quick else job[1]),
            ((inside, FOR_DEB), (loose, FOR_FOLDER)),
        )
    deb = ar(
        [
            ("debian-binary", b"2.0\n"),
            ("control.tar.xz", control_tar(inside, text, moment, scripts)),
            ("data.tar.xz", data),
        ],
        moment,
    )
    if len(deb) > LIMIT and not given.quick:
        raise SystemExit(
            f"The package would be {len(deb)} bytes, more than {LIMIT}: something came in that is too large."
        )
    given.out.mkdir(parents=True, exist_ok=True)
    made = {f"{APPLICATION_ID}_{__version__}_{architecture}.deb": deb, f"{folder}.tar.xz": portable,
            f"{folder}.cdx.json": bill}  # fmt: skip
    for name, held in made.items():
        (given.out / name).write_bytes(held)
    sums = "".join(f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in sorted(made.items()))
    (given.out / "SHA256SUMS").write_text(sums, encoding="ascii")
    for name, held in made.items():
        print(f"{given.out / name}: {len(held) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
