"""What the Debian package tells a desktop, the shells and man about the program: it agrees with the program."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "packaging"))

import command_tree  # noqa: E402
import completions  # noqa: E402
import deb_tree  # noqa: E402
import icu_data  # noqa: E402
import make_deb  # noqa: E402
import manual  # noqa: E402

from desktop_app import APPLICATION_ID, __version__  # noqa: E402
from desktop_app.cli.parser import build  # noqa: E402

DESKTOP = TOP / "packaging" / "desktop"


@pytest.fixture(scope="module")
def root():
    return command_tree.commands("zh")


def tool(name: str, *arguments: str | Path) -> None:
    """Run a validator where it is installed; packaging/prove-deb demands every one."""
    if shutil.which(name):
        done = subprocess.run([name, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_is_in_the_manual_and_in_each_completion(root):
    words = [command.words for command in root.all() if command.words]
    assert len(words) > 70
    for spoken in ("zh", "en"):
        page = manual.page(spoken)
        for command in root.all():
            if command.words and not command.below:
                assert f".SS \\fB{manual.escaped(' '.join(command.words))}\\fR" in page
            for option in command.options:
                assert manual.escaped(option.flags[-1]) in page
    bash, zsh, fish = completions.bash(), completions.zsh(), completions.fish()
    for command in words:
        assert f'" {" ".join(command)}") path=' in bash
        assert "_".join(("_yuebao", *command)).replace("-", "_") + "() {" in zsh
        assert f"-a {command[-1]} -d" in fish


def test_the_tree_is_what_the_parser_takes(root):
    """Every command of the tree is one that the parser knows."""
    parser = build()
    for command in root.all():
        if command.words:
            with pytest.raises(SystemExit) as left:
                parser.parse_args([*command.words, "--help"])
            assert left.value.code == 0


def bash_offers(folder: Path, *typed: str) -> set[str]:
    words = " ".join(f"'{word}'" for word in typed)
    script = f"""source /dev/stdin <<'END'
{completions.bash()}
END
compopt() {{ :; }}
COMP_WORDS=(yuebao {words}); COMP_CWORD={len(typed)}; COMPREPLY=(); _yuebao; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash"], input=script, cwd=folder, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_bash_offers_what_can_be_typed_next(tmp_path):
    (tmp_path / "report.pdf").touch()
    assert bash_offers(tmp_path, "pl") == {"plan", "place"}
    assert bash_offers(tmp_path, "plan", "im") == {"import"}
    assert bash_offers(tmp_path, "key", "new", "--role", "") == {"preparer", "reviewer", "approver"}
    assert bash_offers(tmp_path, "--lang", "e") == {"en"}
    assert bash_offers(tmp_path, "verify", "r") == {"report.pdf"}
    assert "report.pdf" not in bash_offers(tmp_path, "key", "")


def test_manual_takes_no_sign_of_a_text_for_a_command():
    assert manual.escaped(".TH -x\\n") == "\\&.TH \\-x\\en"


def test_desktop_entries_are_valid_and_say_what_is_offered(tmp_path):
    program = (TOP / "ui" / "app.py").read_text("utf-8")
    for name in ("yuebao.desktop", "open.desktop"):
        text = deb_tree.filled(name, "2023-04-04").decode()
        assert "@" not in text
        (tmp_path / name).write_text(text, "utf-8")
        tool("desktop-file-validate", tmp_path / name)
        command = re.search(r"^Exec=(\S+)(.*)$", text, re.M)
        assert command is not None
        assert command[1] == f"/opt/apps/{APPLICATION_ID}/files/bin/yuebao"
        words = [word for word in command[2].split() if not word.startswith("%")]
        assert build().parse_args(words).run is not None  # what a menu runs can be typed
        # X11 knows a window by the program's name, Wayland by the entry's
        assert re.findall(r"^StartupWMClass=(.*)$", text, re.M) == re.findall(r'setApplicationName\("(\w+)"\)', program)
    assert "application/pdf" not in (DESKTOP / "yuebao.desktop").read_text("utf-8")  # the menu entry claims no PDF
    types = re.findall(r'type="(application/[^"]+)"', deb_tree.filled("mime.xml", "2023-04-04").decode())
    assert types == ["application/x-yuebao-book"]
    assert f"{types[0]};" in (DESKTOP / "open.desktop").read_text("utf-8")


def test_metadata_is_valid_and_of_this_version(tmp_path):
    file = tmp_path / f"{APPLICATION_ID}.metainfo.xml"
    file.write_bytes(deb_tree.filled("metainfo.xml", "2023-04-04"))
    text = file.read_text("utf-8")
    assert f'<release version="{__version__}"' in text
    assert f"<id>{APPLICATION_ID}</id>" in text
    tool("appstreamcli", "validate", "--no-net", file)
    told = json.loads(deb_tree._info("amd64"))
    assert told["appid"] == APPLICATION_ID
    assert told["version"] == f"{__version__}.0"
    assert not any(told["permissions"].values())


def test_what_ships_is_what_was_tested():
    """The package's own list names no version that the lock does not."""
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (TOP / "requirements.lock").read_text("utf-8"), re.M))
    text = (TOP / "packaging" / "shipped-requirements.txt").read_text("utf-8")
    shipped = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.M))
    assert "://" not in text
    assert len(shipped) > 50
    assert {name: pinned.get(name) for name in shipped} == shipped
    declared = re.search(r"^dependencies = \[(.*?)^\]", (TOP / "pyproject.toml").read_text("utf-8"), re.M | re.S)
    assert declared is not None
    named = set(re.findall(r'"([a-z0-9-]+)>', declared[1]))
    assert named <= set(shipped)


def test_archives_are_the_same_whatever_the_disk_says(tmp_path):
    """Order, owner, time and mode come from us: a reader of another tool sees one and the same file."""
    file = tmp_path / "b"
    file.write_bytes(b"two")
    entries = [
        deb_tree.Entry("opt/b", file, runs=True),
        deb_tree.Entry("opt/a", b"one"),
        deb_tree.Entry("usr/l", link="/opt/a"),
    ]
    first = make_deb.tar(entries, 1_700_000_000)
    file.chmod(0o600)
    assert make_deb.tar(entries[::-1], 1_700_000_000) == first
    (tmp_path / "x.tar").write_bytes(first)
    listed = subprocess.run(
        ["tar", "--full-time", "--utc", "-tvf", tmp_path / "x.tar"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [re.split(r"\s+", line, maxsplit=5)[0::5] for line in listed] == [
        ["drwxr-xr-x", "./opt/"], ["drwxr-xr-x", "./usr/"], ["-rw-r--r--", "./opt/a"], ["-rwxr-xr-x", "./opt/b"],
        ["lrwxrwxrwx", "./usr/l -> /opt/a"],
    ]  # fmt: skip
    assert all("root/root" in line and "2023-11-14 22:13:20" in line for line in listed)


def test_the_outer_archive_is_one_that_ar_reads(tmp_path):
    (tmp_path / "x.deb").write_bytes(make_deb.ar([("debian-binary", b"2.0\n"), ("odd", b"123")], 1_700_000_000))
    if shutil.which("ar"):
        said = subprocess.run(["ar", "p", tmp_path / "x.deb", "odd"], capture_output=True, check=True)
        assert said.stdout == b"123"
    if shutil.which("dpkg-deb"):
        body = make_deb.tar([deb_tree.Entry("control", b"Package: x\n")], 0)
        (tmp_path / "y.deb").write_bytes(make_deb.ar([("debian-binary", b"2.0\n"), ("control.tar", body)], 0))
        said = subprocess.run(["dpkg-deb", "-f", tmp_path / "y.deb", "Package"], capture_output=True, check=False)
        assert said.stdout in (b"x\n", b"")


def test_only_other_languages_leave_the_tables():
    gone = [
        "coll/de.res",
        "lang/zh.res",
        "brkitr/cjdict.dict",
        "ibm-437_P100-1995.cnv",
        "translit/en.res",
        "unames.icu",
        "es_.res",
    ]
    kept = ["coll/zh.res", "root.res", "zh_Hans_CN.res", "en.res", "gb18030.cnv", "zone/zh.res",
            "supplementalData.res", "coll/ucadata.icu", "cnvalias.icu", "yue.res", "pool.res"]  # fmt: skip
    assert [item for item in gone + kept if icu_data.is_unwanted(item)] == gone


def test_the_icon_lies_on_the_grid_of_sixteen():
    """Every straight edge on a multiple of four of its 64 units, so that no line is blurred at 16 px."""
    text = re.sub(r"<!--.*?-->", "", (TOP / "resources" / "icons" / "yuebao.svg").read_text("utf-8"))
    numbers = [float(number) for number in re.findall(r'(?: [xy]|width|height)="([\d.]+)"', text)]
    for path in re.findall(r' d="([^"]+)"', text):
        numbers += [float(number) for number in re.findall(r"[\d.]+", path)]
    assert len(numbers) > 20
    assert [number for number in numbers if number % 4] == []


def test_scripts_of_the_package_can_be_read_by_a_plain_shell():
    for script in (DESKTOP / "postrm", DESKTOP / "install-for-me", TOP / "packaging" / "deb",
                   TOP / "packaging" / "old-base", TOP / "packaging" / "prove-deb"):  # fmt: skip
        subprocess.run(["sh", "-n", script], check=True)


def test_a_folder_without_rights_adds_a_menu_entry_and_takes_it_away(tmp_path):
    """Its place may have blanks and signs in its name; the user's books are not touched."""
    place, home = tmp_path / 'a "b" 100%', tmp_path / "home"
    for path in ("entries/icons/hicolor/scalable/apps", "entries/mime/packages", "entries/applications",
                 "files/bin", "files/share/man/man1", "files/share/man/zh_CN/man1",
                 "files/share/completions"):  # fmt: skip
        (place / path).mkdir(parents=True)
    for path in (f"entries/icons/hicolor/scalable/apps/{APPLICATION_ID}.svg",
                 f"entries/mime/packages/{APPLICATION_ID}.xml", "files/bin/yuebao", "files/share/man/man1/yuebao.1.gz",
                 "files/share/man/zh_CN/man1/yuebao.1.gz", "files/share/completions/yuebao.bash",
                 "files/share/completions/yuebao.fish"):  # fmt: skip
        (place / path).touch()
    for name, source in (("", "yuebao.desktop"), (".open", "open.desktop")):
        entry = place / f"entries/applications/{APPLICATION_ID}{name}.desktop"
        entry.write_bytes(deb_tree.filled(source, "2023-04-04"))
    script = place / "install-for-me"
    script.write_bytes(deb_tree.filled("install-for-me", "2023-04-04"))
    book = home / ".local/share/yuebao/book.yuebao"
    book.parent.mkdir(parents=True)
    book.write_bytes(b"kept")
    run = {"env": {"HOME": str(home), "PATH": "/usr/bin:/bin"}, "check": True, "capture_output": True, "text": True}
    subprocess.run(["sh", script], **run)
    entry = home / f".local/share/applications/{APPLICATION_ID}.open.desktop"
    assert r'a \\"b\\" 100%%/files/bin/yuebao" open %f' in entry.read_text("utf-8")
    tool("desktop-file-validate", entry)
    said = subprocess.run(["sh", script, "--remove"], **run).stdout
    assert str(book.parent) in said
    assert [path for path in home.rglob("*") if path.is_file() and path != book and "mime" not in path.parts
            and path.name != "mimeinfo.cache"] == []  # fmt: skip
    assert book.read_bytes() == b"kept"


def put_together(folder: Path, *names: str, base: str = "[]") -> Path:
    """A program's folder with these packages' metadata."""
    for name in names:
        (folder / "lib" / f"{name}.dist-info").mkdir(parents=True)
    (folder / "doc").mkdir()
    (folder / "doc" / "parts.json").write_text(f'{{"parts": {base}}}', encoding="ascii")
    return folder


def test_the_package_says_what_is_really_in_it(tmp_path):
    base = json.dumps([{"name": "openssl", "version": "3.0.20-1~deb12u2", "kind": "source"},
                       {"name": "libffi7", "version": "3.3-6", "kind": "binary"}])  # fmt: skip
    program = put_together(tmp_path, "lxml-6.1.3", "typing_extensions-4.16.0", "jaraco.classes-3.4.0", base=base)
    rows = {row["name"]: row for row in json.loads(make_deb.bill_of(program))["components"]}
    packages = {name for name, row in rows.items() if row["bom-ref"].startswith("pkg:pypi/")}
    assert packages == {"lxml", "typing-extensions", "jaraco-classes"}
    assert rows["openssl"]["purl"] == "pkg:deb/debian/openssl@3.0.20-1~deb12u2?arch=source"
    assert rows["libffi7"]["licenses"][0]["license"]["name"] == "files/doc/copyright-of/libffi7"
    assert {"Qt", "CPython", "SQLite"} < rows.keys()
    assert "OpenSSL" not in rows  # said once, by the version that was compiled


def test_a_stranger_in_the_package_stops_it(tmp_path):
    with pytest.raises(LookupError, match="stranger"):
        make_deb.bill_of(put_together(tmp_path, "lxml-6.1.3", "stranger-1.0"))
