"""The program as a folder that runs by itself: a Python, what it needs, and the house, without a developer's tools.

assemble.py --python PREFIX --site FOLDER --source TREE --out FOLDER. Not a freezer: the program starts its own
interpreter to read strangers' tables, so a whole one is what it gets. Runs on the standard library alone.
"""

import argparse
import ast
import marshal
import os
import py_compile
import shutil
import subprocess
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from importlib.util import MAGIC_NUMBER
from pathlib import Path

from base_parts import write_down
from elf_needs import is_elf, needed
from icu_data import cut_down

VERSION = "python3.11"
ROOMS = ("desktop_app", "ui", "resources")
WITHOUT = ("test", "tests", "idlelib", "tkinter", "turtledemo", "turtle.py", "lib2to3", "ensurepip", "pydoc_data",
           "distutils", "config-*", "site-packages", "dist-packages", "sitecustomize.py", "__phello__", "__pycache__",
           "_test*.so", "_xxtestfuzz*.so", "xx*.so", "_ctypes_test*.so", "_tkinter*.so",
           "nis.*", "cgi.py", "cgitb.py", "crypt.py",
           "_codecs_jp.*", "_codecs_kr.*", "_codecs_iso2022.*", "*jisx0213.py", "euc_*.py", "iso2022_*.py",
           "shift_jis*.py", "cp932.py", "cp949.py", "johab.py", "unittest", "doctest.py", "cProfile.py", "profile.py",
           "pstats.py", "trace.py", "_lsprof.*", "pickletools.py", "asynchat.py", "asyncore.py", "antigravity.py",
           "this.py", "tabnanny.py", "pyclbr.py", "modulefinder.py", "xdrlib.py", "zipapp.py", "_bootsubprocess.py",
           "curses", "dbm", "wsgiref", "xmlrpc", "pydoc.py", "_pydecimal.py", "mailbox.py", "nntplib.py",
           "telnetlib.py", "imaplib.py", "poplib.py", "smtpd.py", "aifc.py", "sunau.py", "audioop.*", "ossaudiodev.*",
           "pdb.py", "_crypt.*",
           "LICENSE.txt", "venv")  # fmt: skip
NOT_OF_PACKAGES = ("__pycache__", "tests", "*.pyi", "*.pyx", "*.pxd", "*.h", "*.c", "*.a", "*.pxi", "*.sfd",
                   "RECORD", "REQUESTED", "direct_url.json")  # fmt: skip
# paramiko runs commands of a configuration file with the first, cffi reads C with the second: nobody asks them to.
# Time zones are the system's, which are kept up to date.
# reportlab guesses the encoding of foreign XML with charset_normalizer; command lines of packages are nobody's here.
NOT_ASKED_FOR = ("invoke", "pycparser", "tzdata", "charset_normalizer", "pypdfium2_cli")
# Whole corners that the program never enters: it opens fonts and cuts them down itself, and embeds PNG and JPEG.
CORNERS = {
    "fontTools": ("*.so", "cu2qu", "qu2cu", "ufoLib", "designspaceLib", "mtiLib", "voltLib", "merge", "svgLib",
                  "subset", "varLib", "feaLib", "otlLib", "colorLib", "cffLib", "t1Lib", "diff", "unicodedata",
                  "fontBuilder.*", "afmLib.*", "tfmLib.*", "ttx.*"),
    "lxml": ("objectify.*", "isoschematron", "includes", "sax.*", "diff.*", "_difflib.*"),
    "reportlab": ("graphics", "platypus", "fonts", "corp.*", "codecharts.*", "testutils.*", "randomtext.*"),
    "PIL": ("_avif.*", "_webp.*", "_imagingft.*", "_imagingcms.*", "_imagingtk.*"),
    # pyHanko names it to ask for time stamps, which is never done: neither its server nor its quicker halves are missed
    "aiohttp": ("*.so", "web.*", "web_*", "test_utils.*", "pytest_plugin.*", "worker.*"),
    "multidict": ("*.so",), "frozenlist": ("*.so",), "propcache": ("*.so",), "yarl": ("*.so",),
}  # fmt: skip
# Of Qt: what ui/ imports, and the plugins that make a window, its letters, its pictures and its print jobs.
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport")
QT_PLUGINS = (
    "platforms/libqxcb.so", "platforms/libqwayland-*.so", "platforms/libqoffscreen.so", "platformthemes/*",
    "platforminputcontexts/libcompose*", "platforminputcontexts/libibus*", "imageformats/libqsvg.so",
    "imageformats/libqjpeg.so", "imageformats/libqgif.so", "imageformats/libqico.so", "iconengines/*",
    "printsupport/*", "xcbglintegrations/*", "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/libbradient.so", "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
)  # fmt: skip
QT_TEXTS = ("qtbase_zh_CN.qm",)
# Libraries of the old base that not every desktop has, or has under another name: they come along.
UNCHECKED = py_compile.PycInvalidationMode.UNCHECKED_HASH
KEPT_SOURCES = ("reportlab/graphics/barcode/qrencoder.py",)  # loaded by its place, without the packages around it
COME_ALONG = ("libcrypto-yuebao.so.*", "libffi.so.*", "libxcb-cursor.so.*", "libxcb-icccm.so.*",
              "libxcb-image.so.*", "libxcb-keysyms.so.*", "libxcb-render-util.so.*", "libxcb-util.so.*")  # fmt: skip
BUILT_IN = Path("/opt/parts/lib")
SYSTEM_LIBRARIES = (
    str(BUILT_IN),
    "/usr/lib/x86_64-linux-gnu",
    "/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
)
STARTER = """#!/bin/sh
# Starts the Python beside it, and lets no setting of another Python in.
here=$(dirname "$(readlink -f "$0")")
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP
exec "$here/../python/bin/{version}" -I -m desktop_app "$@"
"""


def _is_one_of(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def take_python(prefix: Path, out: Path) -> Path:
    """The interpreter and its library; returns the folder where packages go."""
    (out / "bin").mkdir(parents=True)
    shutil.copy2((prefix / "bin" / VERSION).resolve(), out / "bin" / VERSION)
    library = out / "lib" / VERSION
    shutil.copytree(
        prefix / "lib" / VERSION,
        library,
        ignore=lambda _folder, names: [name for name in names if _is_one_of(name, WITHOUT)],
    )
    # Debian's Python looks for packages here, an upstream one in site-packages
    packages = out / "lib" / "python3" / "dist-packages"
    packages.mkdir(parents=True)
    (library / "site-packages").symlink_to("../python3/dist-packages")
    return packages


def take_packages(site: Path, packages: Path) -> None:
    """What the program imports, without tests, headers and stubs; of Qt only what a window needs."""
    for entry in sorted(site.iterdir()):
        if entry.name.split("-")[0] in ("bin", "include", "share", "__pycache__", "PySide6", *NOT_ASKED_FOR):
            continue
        if entry.is_dir():
            shutil.copytree(entry, packages / entry.name, ignore=_no_packages_parts)
        elif not entry.name.endswith(".pyi"):
            shutil.copy2(entry, packages / entry.name)
    for name in KEPT_SOURCES:
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(site / name, packages / name)
    drop_unused_libraries(packages)
    _take_qt(site / "PySide6", packages / "PySide6")


def _no_packages_parts(folder: str, names: list[str]) -> list[str]:
    corners = next((CORNERS[part] for part in Path(folder).parts if part in CORNERS), ())
    return [name for name in names if _is_one_of(name, (*NOT_OF_PACKAGES, *corners))]


def drop_unused_libraries(packages: Path) -> None:
    """Of the libraries that a wheel brought in NAME.libs, those that nothing needs now that corners are gone."""
    for folder in sorted(packages.glob("*.libs")):
        own = {path.name: path for path in folder.iterdir()}
        used: set[str] = set()
        waiting = [path for path in packages.rglob("*") if is_elf(path) and path.parent != folder]
        while waiting:
            found = [name for name in needed(waiting.pop()) if name in own and name not in used]
            used.update(found)
            waiting += [own[name] for name in found]
        for name in own.keys() - used:
            own[name].unlink()


def _take_qt(whole: Path, out: Path) -> None:
    wanted = [path for path in whole.glob("*.py") if path.name != "_git_pyside_version.py"]
    wanted += [next(whole.glob(f"{module}.*.so")) for module in QT_MODULES]
    plugins = whole / "Qt" / "plugins"
    wanted += sorted(path for pattern in QT_PLUGINS for path in plugins.glob(pattern))
    wanted += [whole / "Qt" / "translations" / name for name in QT_TEXTS]
    wanted += [whole / "Qt" / "lib" / name for name in _qt_libraries(whole, [path for path in wanted if is_elf(path)])]
    wanted += whole.glob("libpyside6.abi3.so*")
    for path in wanted:
        target = out / path.relative_to(whole)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _qt_libraries(whole: Path, begin: list[Path]) -> list[str]:
    """Names of the libraries in Qt's own folder that these files end up needing."""
    found: dict[str, None] = {}
    waiting = list(begin)
    while waiting:
        for name in needed(waiting.pop()):
            library = whole / "Qt" / "lib" / name
            if name not in found and library.exists():
                found[name] = None
                waiting.append(library)
    return sorted(found)


def take_house(source: Path, packages: Path) -> None:
    """Our own three rooms, translations built; what only a developer reads stays behind."""
    for room in ROOMS:
        shutil.copytree(
            source / room,
            packages / room,
            ignore=lambda _folder, names: [name for name in names if _is_one_of(name, ("__pycache__", "*.po"))],
        )


def bring_libraries_along(out: Path) -> list[Path]:
    """Copy the libraries of COME_ALONG that are needed, and let their users find them; nothing without patchelf.

    Returns where each was.
    """
    if shutil.which("patchelf") is None:
        return []
    brought: list[Path] = []
    waiting = [path for path in sorted(out.rglob("*")) if is_elf(path)]
    while waiting:
        user = waiting.pop(0)
        for name in needed(user):
            source = next((Path(folder, name) for folder in SYSTEM_LIBRARIES if Path(folder, name).exists()), None)
            if not _is_one_of(name, COME_ALONG) or source is None:
                continue
            home = out / "python" / "lib" / ("python3/dist-packages/PySide6/Qt/lib" if "xcb" in name else "beside")
            target = home / name
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                shutil.copyfile(source.resolve(), target)
                subprocess.run(["patchelf", "--set-rpath", "$ORIGIN", target], check=True)
                brought.append(source)
                waiting.append(target)
            if "PySide6" not in user.parts and user.parent != home:
                way = os.path.relpath(home, user.parent)
                subprocess.run(["patchelf", "--set-rpath", f"$ORIGIN/{way}", user], check=True)
    return sorted(brought)


def forget_the_base(out: Path) -> None:
    """No compiled file looks for its libraries where they were when it was built: that folder is not there."""
    for path in sorted(out.rglob("*")) if shutil.which("patchelf") else ():
        if is_elf(path) and str(BUILT_IN).encode() in path.read_bytes():
            said = subprocess.run(
                ["patchelf", "--print-rpath", path], check=True, capture_output=True, encoding="utf-8"
            )
            if str(BUILT_IN) in said.stdout:
                subprocess.run(["patchelf", "--remove-rpath", path], check=True)


def strip(out: Path) -> None:
    """Take the names for debuggers off; what a wheel's maker has already moved about (*.libs) is left alone."""
    compiled = [path for path in sorted(out.rglob("*")) if is_elf(path)]
    compiled = [path for path in compiled if not path.parent.name.endswith(".libs") and "PySide6" not in path.parts]
    subprocess.run(["strip", "--strip-unneeded", *compiled], check=True)


def compile_all(out: Path) -> None:
    """Bytecode that is taken as it stands: the folder may be read-only, and its files keep no honest times.

    Our own modules keep their source beside it. Others' sources and docstrings would be a sixth of the package, for no
    one to read.
    """
    for folder in (out / "python" / "lib" / VERSION, out / "python" / "lib" / "python3"):
        for source in sorted(folder.rglob("*.py")):
            own = source.relative_to(folder).parts[1:2] in [(room,) for room in ROOMS]
            own = own or source.as_posix().endswith(KEPT_SOURCES)
            name = f"/{source.relative_to(out)}"
            try:
                if own:
                    py_compile.compile(str(source), None, name, doraise=True, invalidation_mode=UNCHECKED)
                else:
                    source.with_suffix(".pyc").write_bytes(_without_docstrings(source, name))
            except (py_compile.PyCompileError, SyntaxError):  # a template, or of another version of the language
                continue
            if not own:
                source.unlink()


def _without_docstrings(source: Path, name: str) -> bytes:
    """The bytecode of a module, its assertions kept; where __doc__ is looked at there is None, as under python -OO."""
    data = source.read_bytes()
    tree = ast.parse(data)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            first = node.body.pop(0)
            node.body = node.body or [ast.copy_location(ast.Pass(), first)]
    # what a .pyc begins with: the version's mark, "unchecked", and a hash that no one compares
    return (
        MAGIC_NUMBER
        + (1).to_bytes(4, "little")
        + bytes(8)
        + marshal.dumps(compile(tree, name, "exec", dont_inherit=True))
    )


def main() -> None:
    wanted = argparse.ArgumentParser()
    for name in ("--python", "--site", "--source", "--out"):
        wanted.add_argument(name, type=Path, required=True)
    given = wanted.parse_args()
    packages = take_python(given.python, given.out / "python")
    take_packages(given.site, packages)
    take_house(given.source, packages)
    strip(given.out)
    if not all(cut_down(library) for library in given.out.rglob("libicudata.so.*")):
        print("Without icupkg, objcopy and gcc the tables of all languages stay: 4 MB more.", file=sys.stderr)
    brought = bring_libraries_along(given.out)
    forget_the_base(given.out)
    write_down(given.out, brought)
    compile_all(given.out)
    starter = given.out / "bin" / "yuebao"
    starter.parent.mkdir()
    starter.write_text(STARTER.format(version=VERSION), encoding="utf-8")
    starter.chmod(0o755)
    print("Came along:", " ".join(path.name for path in brought) or "nothing")


if __name__ == "__main__":
    main()
