"""What must and what must not be in the wheel and the sdist: `look_into_wheel.py SOURCE FILE ...`; exit 1 with a list.

SOURCE is the tree of which they were built, translations compiled. Runs on the standard library alone.
"""

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath

ROOMS = ("desktop_app", "ui", "resources")
NEVER = ("__pycache__", ".venv", ".git", "tests", "packaging", ".hypothesis", ".mypy_cache", ".ruff_cache")
ENDINGS = (".pyc", ".pyo", ".yuebao", ".log", "~")
# A folder of the machine that built it, inside any file, tells strangers about that machine and works nowhere else.
HERE = f"{Path(__file__).resolve().parents[1]}/".encode()
FOLDERS = (b"/root/", b"/home/", b"/tmp/", HERE)  # noqa: S108 - words to look for, not a place to write to


def wheel_troubles(names: set[str], source: Path) -> Iterator[str]:
    """One sentence each for what is missing, what is too much, and names that others have."""
    tops = {PurePosixPath(name).parts[0] for name in names}
    (info,) = (top for top in tops if top.endswith(".dist-info"))
    for top in sorted(tops - {*ROOMS, info}):
        yield f"{top} would be imported under a name that is not ours"
    for top in ROOMS:
        if top in sys.stdlib_module_names:
            yield f"{top} is a name of the standard library"
        for other in sorted(set(packages_distributions().get(top, [])) - {"yuebao"}):
            yield f"{other} has a package {top} too"
    wanted = {
        path.relative_to(source).as_posix()
        for room in ROOMS
        for path in (source / room).rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".po")
    }
    yield from (f"{name} is missing" for name in sorted(wanted - names))
    yield from (f"{name} is too much" for name in sorted(names - wanted) if not name.startswith(f"{info}/"))
    if "resources/translations/en.mo" not in names:
        yield "the English texts are not compiled"
    for name in ("METADATA", "RECORD", "entry_points.txt", "licenses/LICENSE"):
        if f"{info}/{name}" not in names:
            yield f"{info}/{name} is missing"


def name_troubles(names: set[str], never: tuple[str, ...]) -> Iterator[str]:
    """Files that a build leaves behind."""
    for name in sorted(names):
        if set(PurePosixPath(name).parts) & set(never) or name.endswith(ENDINGS):
            yield f"{name} has no business there"


def path_troubles(contents: dict[str, bytes], source: Path) -> Iterator[str]:
    """Folders of this machine: the tree's in any file, other well-known ones in what the build wrote itself."""
    for name, data in sorted(contents.items()):
        written = name.endswith(".mo") or not (source / name).is_file()
        for folder in (str(source).encode(), *(FOLDERS if written else ())):
            if folder in data:
                yield f"{name} names {folder.decode()}"


def contents(file: Path) -> dict[str, bytes]:
    """Name -> bytes; of an sdist without its own folder."""
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    with tarfile.open(file) as archive:
        rows = [(row, archive.extractfile(row)) for row in archive.getmembers() if row.isfile()]
        return {row.name.split("/", 1)[1]: stream.read() for row, stream in rows if stream}


def troubles(file: Path, source: Path) -> list[str]:
    """Everything that is wrong with one of them."""
    inside = contents(file)
    names = set(inside)
    if file.suffix == ".whl":
        found = [*wheel_troubles(names, source), *name_troubles(names, NEVER)]
    else:
        found = list(name_troubles(names, tuple(set(NEVER) - {"tests", "packaging"})))
        found += [f"{name} is missing" for name in ("LICENSE", "README.md", "requirements.lock") if name not in names]
    for name, data in inside.items():
        own = source / name
        if own.is_file() and own.read_bytes() != data:
            found.append(f"{name} is not what was committed")
    return [f"{file.name}: {said}" for said in (*found, *path_troubles(inside, source))]


def main(source: str, *files: str) -> int:
    """Exit code."""
    found = [said for file in files for said in troubles(Path(file), Path(source).resolve())]
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
