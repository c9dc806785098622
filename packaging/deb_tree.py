"""What lies where in the package: the UOS form under /opt/apps/<appid>, and Debian's own places as links into it."""

import gzip
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import Parser
from email.utils import format_datetime
from pathlib import Path

from desktop_app import APPLICATION_ID, __version__

HERE = Path(__file__).resolve().parent
MAINTAINER = "Yuebao Maintainers <maintainers@yuebao.internal>"
HOME = f"opt/apps/{APPLICATION_ID}"
# Debian's place of each thing -> where it lies in the UOS form.
LINKS = {
    "usr/bin/yuebao": "files/bin/yuebao",
    f"usr/share/applications/{APPLICATION_ID}.desktop": f"entries/applications/{APPLICATION_ID}.desktop",
    f"usr/share/applications/{APPLICATION_ID}.open.desktop": f"entries/applications/{APPLICATION_ID}.open.desktop",
    f"usr/share/icons/hicolor/scalable/apps/{APPLICATION_ID}.svg":
        f"entries/icons/hicolor/scalable/apps/{APPLICATION_ID}.svg",
    f"usr/share/mime/packages/{APPLICATION_ID}.xml": f"entries/mime/packages/{APPLICATION_ID}.xml",
    f"usr/share/metainfo/{APPLICATION_ID}.metainfo.xml": f"entries/metainfo/{APPLICATION_ID}.metainfo.xml",
    "usr/share/man/man1/yuebao.1.gz": "files/share/man/man1/yuebao.1.gz",
    "usr/share/man/zh_CN/man1/yuebao.1.gz": "files/share/man/zh_CN/man1/yuebao.1.gz",
    "usr/share/bash-completion/completions/yuebao": "files/share/completions/yuebao.bash",
    "usr/share/zsh/vendor-completions/_yuebao": "files/share/completions/_yuebao",
    "usr/share/fish/vendor_completions.d/yuebao.fish": "files/share/completions/yuebao.fish",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One file or link: its path without a leading slash, its bytes or its target, and whether it can be run."""

    path: str
    data: bytes | Path = b""
    link: str = ""
    runs: bool = False

    def content(self) -> bytes:
        """The bytes of a file."""
        return self.data if isinstance(self.data, bytes) else self.data.read_bytes()


def filled(name: str, day: str) -> bytes:
    """A template of packaging/desktop with its names filled in."""
    text = (HERE / "desktop" / name).read_text("utf-8")
    for mark, value in (("@APPID@", APPLICATION_ID), ("@EXEC@", f"/{HOME}/files/bin/yuebao"),
                        ("@VERSION@", __version__), ("@DATE@", day)):  # fmt: skip
        text = text.replace(mark, value)
    return text.encode("utf-8")


def uos(program: Path, source: Path, day: str, architecture: str) -> list[Entry]:
    """Everything that the UOS form holds, its paths from the folder of the application."""
    name = APPLICATION_ID
    entries = [
        Entry("info", _info(architecture)),
        Entry(f"entries/applications/{name}.desktop", filled("yuebao.desktop", day)),
        Entry(f"entries/applications/{name}.open.desktop", filled("open.desktop", day)),
        Entry(f"entries/icons/hicolor/scalable/apps/{name}.svg", source / "resources" / "icons" / "yuebao.svg"),
        Entry(f"entries/mime/packages/{name}.xml", filled("mime.xml", day)),
        Entry(f"entries/metainfo/{name}.metainfo.xml", filled("metainfo.xml", day)),
        Entry("files/share/man/man1/yuebao.1.gz", packed(made("manual.py", "en"))),
        Entry("files/share/man/zh_CN/man1/yuebao.1.gz", packed(made("manual.py", "zh"))),
        Entry("files/share/completions/yuebao.bash", made("completions.py", "bash")),
        Entry("files/share/completions/_yuebao", made("completions.py", "zsh")),
        Entry("files/share/completions/yuebao.fish", made("completions.py", "fish")),
        Entry("files/doc/copyright", copyright_of(program)),
        Entry("files/doc/changelog.gz", packed((source / "CHANGELOG.md").read_bytes())),
    ]
    for path in sorted(program.rglob("*")):
        place = f"files/{path.relative_to(program).as_posix()}"
        if path.is_symlink():
            entries.append(Entry(place, link=str(path.readlink())))
        elif path.is_file():
            entries.append(Entry(place, path, runs=os.access(path, os.X_OK) and ".so" not in path.name))
    return entries


def debian(program: Path, source: Path, day: str) -> list[Entry]:
    """What Debian wants to find in its own places."""
    doc = f"usr/share/doc/{APPLICATION_ID}"
    return [
        *(Entry(place, link=f"/{HOME}/{target}") for place, target in LINKS.items()),
        Entry(f"{doc}/copyright", copyright_of(program)),
        Entry(f"{doc}/changelog.gz", packed(_changelog(day))),
        Entry(f"{doc}/CHANGELOG.md.gz", packed((source / "CHANGELOG.md").read_bytes())),
        Entry(f"usr/share/lintian/overrides/{APPLICATION_ID}", filled("lintian-overrides", day)),
    ]


def _changelog(day: str) -> bytes:
    """Debian's form of it, which only points to the one that is written for clerks."""
    when = format_datetime(datetime.fromisoformat(day).replace(tzinfo=UTC))
    return (
        f"{APPLICATION_ID} ({__version__}) unstable; urgency=medium\n\n"
        f"  * What is new for a clerk: CHANGELOG.md.gz beside this file.\n\n -- {MAINTAINER}  {when}\n"
    ).encode("ascii")


def made(script: str, word: str) -> bytes:
    """What one of the scripts here writes."""
    return subprocess.run([sys.executable, HERE / script, word], check=True, capture_output=True).stdout


def packed(data: bytes) -> bytes:
    """Gzip with neither a time nor a name in it."""
    return gzip.compress(data, 9, mtime=0)


def _info(architecture: str) -> bytes:
    """The description that UOS reads; its version has four numbers. The program asks for none of what it guards."""
    guarded = ("autostart", "notification", "trayicon", "clipboard", "account", "bluetooth", "camera", "audio_record",
               "installed_apps")  # fmt: skip
    said = {
        "appid": APPLICATION_ID,
        "name": "月报",
        "version": f"{__version__}.0",
        "arch": [architecture],
        "permissions": dict.fromkeys(guarded, False),
        "support-plugins": [],
        "plugins": [],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def copyright_of(program: Path) -> bytes:
    """Debian's copyright file: ours, and every package inside with the licence that it states itself."""
    head = (HERE / "desktop" / "copyright").read_text("utf-8").replace("@HOME@", HOME)
    rows = []
    for file in sorted(program.rglob("*.dist-info/METADATA")):
        said = Parser().parsestr(file.read_text("utf-8"))
        kinds = [row.rsplit(" :: ", 1)[-1] for row in said.get_all("Classifier", []) if row.startswith("License ::")]
        first_line = (said["License"] or "").strip().splitlines()[:1]
        licence = said["License-Expression"] or "; ".join(kinds) or "".join(first_line) or "see its folder"
        rows.append(f"  {said['Name']} {said['Version']}: {licence}")
    return (head + "\n".join(rows) + "\n").encode("utf-8")
