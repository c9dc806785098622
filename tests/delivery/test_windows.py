"""What can be seen from here of a Windows that is not: nothing in the house asks for what only POSIX has."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.exchange.names import safe_name

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "packaging"))

SOURCES = sorted(path for room in ("desktop_app", "ui", "resources") for path in (TOP / room).rglob("*.py"))
ONLY_POSIX = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog", "readline", "curses",
              "crypt", "spwd", "nis"}  # fmt: skip
ONLY_POSIX_CALLS = {
    "os": {"geteuid", "getuid", "getgid", "fork", "forkpty", "mkfifo", "posix_fadvise", "posix_fallocate", "statvfs",
           "fstatvfs", "killpg", "getpgid", "setsid", "chown", "fchown", "fchmod", "fdatasync", "sync", "uname",
           "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_SYNC", "pread", "pwrite", "sched_getaffinity", "getloadavg",
           "sysconf", "WNOHANG"},
    "signal": {"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "alarm", "pause", "SIGCHLD"},
    "socket": {"AF_UNIX"},
    "time": {"tzset"},
}  # fmt: skip
GUARDS = re.compile(r"sys\.platform|os\.name|hasattr\((?:os|signal|socket|time), ")
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
LONGEST_INSIDE = 120  # characters below the program's folder: 260 in all, and a user's folder may take half


def posix_only(source: str) -> list[str]:
    """What would fail on Windows: such modules where the file is imported, such calls in a function without a guard."""
    tree, lines = ast.parse(source), source.splitlines()
    guarded = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and GUARDS.search("\n".join(lines[function.lineno - 1 : function.end_lineno]))
        for node in ast.walk(function)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        found += [f"{node.lineno}: {name}" for name in names if name.split(".")[0] in ONLY_POSIX]  # type: ignore[attr-defined]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = node.value.id
            if node.attr in ONLY_POSIX_CALLS.get(name, ()):
                found.append(f"{node.lineno}: {name}.{node.attr}")
    return found


def without_encoding(source: str) -> list[str]:
    """Text read or written in whatever a Windows' code page is."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        words = {word.arg: word.value for word in node.keywords}
        values = [value.value for value in node.args if isinstance(value, ast.Constant)]
        bare = isinstance(node.func, ast.Name) and node.func.id == "open"
        name = node.func.attr if isinstance(node.func, ast.Attribute) else "open" if bare else ""
        mode = words.get("mode")
        modes = [*values, mode.value if isinstance(mode, ast.Constant) else ""]
        binary = any(isinstance(word, str) and re.fullmatch("[rwax+]*b[rwax+]*", word) for word in modes)
        told = "encoding" in words or any(word in ("utf-8", "ascii", "utf-8-sig") for word in values)
        opened = name == "open" and (
            bare or not node.args or any(re.fullmatch("[rwax+]+", str(word)) for word in modes)
        )
        if opened and not binary and not told and not _is_no_file(node.func):
            found.append(f"{node.lineno}: open")
        if name == "write_text" and not told:
            found.append(f"{node.lineno}: write_text")
        if name == "read_text" and not told and not node.args:
            found.append(f"{node.lineno}: read_text")
        if name in ("run", "Popen", "check_output") and {"text", "universal_newlines"} & words.keys() and not told:
            found.append(f"{node.lineno}: {name}")
    return found


def _is_no_file(function: ast.expr) -> bool:
    """Calls named open on what is no path: a token, a key folder, a dialog, a window."""
    if not isinstance(function, ast.Attribute):
        return False
    subject = function.value
    name = subject.attr if isinstance(subject, ast.Attribute) else subject.id if isinstance(subject, ast.Name) else ""
    return name in ("pikepdf", "token", "folder", "self", "archive", "dialog", "window")


@pytest.mark.parametrize("look", [posix_only, without_encoding], ids=lambda look: look.__name__)
def test_nothing_asks_for_what_windows_lacks(look) -> None:
    assert len(SOURCES) > 300
    found = {str(path.relative_to(TOP)): look(path.read_text("utf-8")) for path in SOURCES}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("look", "source", "said"),
    [
        (posix_only, "import fcntl\n", ["1: fcntl"]),
        (posix_only, "from resource import setrlimit\n", ["1: resource"]),
        (posix_only, "import os\ndef f():\n    return os.geteuid()\n", ["3: os.geteuid"]),
        (posix_only, "import os\ndef f():\n    if os.name == 'nt':\n        return 0\n    return os.geteuid()\n", []),
        (posix_only, "from .resource import x\n", []),
        (without_encoding, "p.read_text()\n", ["1: read_text"]),
        (without_encoding, "p.write_text(x)\n", ["1: write_text"]),
        (without_encoding, "open('a')\n", ["1: open"]),
        (without_encoding, "with p.open() as f: pass\n", ["1: open"]),
        (without_encoding, "with p.open('w') as f: pass\n", ["1: open"]),
        (without_encoding, "with p.open('rb') as f: pass\nopen('a', encoding='utf-8')\np.read_text('utf-8')\n", []),
        (without_encoding, "subprocess.run(x, text=True)\n", ["1: run"]),
    ],
)
def test_the_looks_see_what_is_planted(look, source: str, said: list[str]) -> None:
    assert look(source) == said


def test_windows_can_store_every_file_that_ships() -> None:
    paths = [path for room in ("desktop_app", "ui", "resources") for path in (TOP / room).rglob("*")]
    names = [path.relative_to(TOP).as_posix() for path in paths if "__pycache__" not in path.parts]
    assert len(names) > 400
    assert len({name.casefold() for name in names}) == len(names), "two names differ in their case alone"
    for name in names:
        assert len(name) <= LONGEST_INSIDE, name
        for part in name.split("/"):
            assert not re.search(r'[\x00-\x1f<>:"\\|?*]|[. ]$', part), name
            assert part.split(".")[0].casefold() not in DEVICES, name


@pytest.mark.parametrize(
    "name", ["CON", "nul.pdf", "com1.txt", "COM¹", "lpt³.pdf", "a.", "a ", "a:b", "x?*<>|y", "..", "aux"]
)
def test_windows_can_store_every_name_that_is_made(name: str) -> None:
    made = safe_name(name)
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]|[. ]$', made)
    stem = made.split(".")[0].casefold().translate(str.maketrans("¹²³", "123"))
    assert stem not in DEVICES


def test_what_is_printed_is_utf_8_under_the_code_page_of_a_chinese_windows() -> None:
    """Python would take 936 from the system; a report's words beyond it would end the command."""
    environment = {**os.environ, "PYTHONPATH": str(TOP), "PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "licences", "不存在𠮷"], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert "「不存在𠮷」" in done.stderr.decode("utf-8")


def test_what_windows_needs_is_locked_and_has_no_part_of_linux() -> None:
    sys.path.insert(0, str(TOP / "packaging" / "windows"))
    from requirements import needed

    text = needed()
    names = set(re.findall(r"^([a-z0-9-]+)==", text, re.M))
    assert {"pyside6-essentials", "pywin32-ctypes", "colorama", "pikepdf"} <= names
    assert not names & {"jeepney", "secretstorage", "pip", "pytest"}
    assert ";" not in text
    assert text.count("--hash=sha256:") >= len(names)


def test_frozen_it_still_reads_a_table_in_a_python_of_its_own(samples: Path, tmp_path: Path) -> None:
    """What workbook.py asks of an interpreter is answered by start.py as by Python itself."""
    from desktop_app.plans import workbook

    start = TOP / "packaging" / "windows" / "start.py"
    ours = tmp_path / "as-frozen"
    ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{start}" "$@"\n', encoding="utf-8")
    ours.chmod(0o755)
    file = samples / "plan-2023-sample.xlsx"
    read = workbook.read_workbook
    plain = read(file.read_bytes(), file.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook.sys, "executable", str(ours))
        assert read(file.read_bytes(), file.name) == plain


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis (Debian: nsis) is not here")
def test_the_installer_compiles(tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "_internal").mkdir(parents=True)
    for name in ("yuebao.exe", "yuebaow.exe", "_internal/part.dll"):
        (program / name).write_bytes(b"MZ")
    out = tmp_path / "yuebao-0.0.1-win64-install.exe"
    told = {"VERSION": "0.0.1", "PROGRAM": program, "LICENCE": TOP / "LICENSE", "OUT": out}
    script = TOP / "packaging" / "windows" / "yuebao.nsi"
    words = [f"-D{name}={value}" for name, value in told.items()]
    done = subprocess.run(
        ["makensis", "-V2", "-WX", *words, script], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert out.read_bytes()[:2] == b"MZ"
