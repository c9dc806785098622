"""How to add a thing is written in three steps; here each is done, in a copy of the house."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import desktop_app

TOP = Path(__file__).resolve().parents[2]
GUIDE = TOP / "packaging" / "CONTRIBUTING.md"
CHECKLIST = TOP / "packaging" / "release_checklist.md"


class House:
    """A copy of the three rooms that may be changed."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def change(self, file: str, before: str, after: str) -> None:
        """As an editor would; `before` stands there once."""
        path = self.top / file
        text = path.read_text("utf-8")
        assert text.count(before) == 1, (file, text.count(before))
        path.write_text(text.replace(before, after), encoding="utf-8")

    def python(self, *words: object) -> str:
        """What this copy's Python says."""
        environment = {**os.environ, "PYTHONPATH": str(self.top), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=self.top, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def yuebao(self, *words: object) -> str:
        return self.python("-m", "desktop_app", *words)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """One copy for all: what is added does not get in another's way."""
    top = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("__pycache__", "*.png")
    for room in ("desktop_app", "ui", "resources", "packaging"):
        shutil.copytree(TOP / room, top / room, ignore=leave)
    return House(top)


def test_every_way_has_three_steps_and_names_what_is_there() -> None:
    text = GUIDE.read_text("utf-8")
    parts = re.split(r"^## ", text, flags=re.M)[1:]
    ways = {part.split("\n")[0]: re.findall(r"^(\d)\. ", part, re.M) for part in parts if part.startswith("加一")}
    assert len(ways) == 5
    assert all(steps == ["1", "2", "3"] for steps in ways.values()), ways
    named = [name for name in re.findall(r"`([\w/.-]+/[\w/.-]*|[\w-]+\.(?:md|py|lock))`", text) if "年份" not in name]
    assert len(named) > 20
    for name in named:
        if not re.search("[\u4e00-\u9fff]", name):
            assert (TOP / name).exists(), name


def test_a_rule(house: House) -> None:
    module = (house.top / "desktop_app" / "checks" / "support.py").read_text("utf-8")
    rule = (
        '@checking(\n    Rule(\n        "E699",\n        Severity.HINT,\n        N_("试加的规则"),\n'
        '        N_("每一项都提示。"),\n        N_("不用理会。"),\n        sources.SUPERVISION,\n'
        '        ("evidence",),\n    )\n)\ndef tried(row: Row) -> Answer:\n    """Always."""\n'
        '    return Found(_("这是试加的规则。"))\n\n\nCHECKS'
    )
    (checks,) = re.findall(r"\n\n\nCHECKS[^\n]*\(", module)
    house.change("desktop_app/checks/support.py", checks, f"\n\n\n{rule}{checks.strip().removeprefix('CHECKS')}tried, ")
    version = re.search(
        r"CATALOGUE_VERSION = (\d+)", (house.top / "desktop_app/checks/catalogue.py").read_text("utf-8")
    )
    assert version
    house.change("desktop_app/checks/catalogue.py", version[0], f"CATALOGUE_VERSION = {int(version[1]) + 1}")
    house.yuebao("rules", "--out", "resources/help/rules.md")
    page = (house.top / "resources" / "help" / "rules.md").read_text("utf-8")
    assert "E699　试加的规则（提示）" in page
    assert f"第 {int(version[1]) + 1} 版" in page


def test_a_year(house: House) -> None:
    files = sorted((house.top / "resources" / "calendars").glob("20??.json"))
    coming = int(files[-1].stem) + 1
    asked = ("due", f"{coming}-03", "--json")
    before = json.loads(house.yuebao(*asked))
    year = json.loads(files[-1].read_text("utf-8"))
    first = [f"{coming}-04-{day:02}" for day in range(1, 8)]
    days = {"holidays": first, "makeup_workdays": [], "year": coming, "notice": "试", "title": "试"}
    text = json.dumps({**year, **days}, ensure_ascii=False)
    files[-1].with_stem(str(coming)).write_text(text, encoding="utf-8")
    after = json.loads(house.yuebao(*asked))
    assert before["due"] != after["due"]
    assert (before["certain"], after["certain"]) == (False, True)
    assert "估计" not in house.yuebao("due", f"{coming}-03")
    assert "估计" in house.yuebao("due", f"{coming + 1}-03")


def test_a_heading(house: House) -> None:
    look = "from desktop_app.plans.heading_words import _SYNONYMS as s; print('试加的时限' in s['deadline'].split())"
    assert house.python("-c", look) == "False\n"
    house.change("desktop_app/plans/heading_words.py", '"完成时限 时限要求 ', '"试加的时限 完成时限 时限要求 ')
    assert house.python("-c", look) == "True\n"


def test_a_language(house: House) -> None:
    english = (house.top / "resources" / "translations" / "en.po").read_text("utf-8")
    french = re.sub(r'(msgid "显示版本"\nmsgstr) "[^"]*"', r'\1 "montrer la version"', english)
    assert french != english
    (house.top / "resources" / "translations" / "fr.po").write_text(french, encoding="utf-8")
    house.change("desktop_app/language.py", '"en": "English"}', '"en": "English", "fr": "français"}')
    house.python("packaging/translations.py", "build")
    assert "montrer la version" in house.yuebao("--lang", "fr", "--help")


def test_a_page(house: House, tmp_path: Path) -> None:
    (house.top / "ui" / "pages" / "tried.py").write_text(
        '"""试页: nothing but a word."""\n\nfrom PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget\n\n'
        "from ui.session import Session\n\n\nclass TriedPage(QWidget):\n"
        "    def __init__(self, session: Session) -> None:\n        super().__init__()\n"
        "        self.session = session\n        self.word = QLabel()\n"
        "        QVBoxLayout(self).addWidget(self.word)\n\n"
        "    def show_month(self) -> None:\n        self.word.setText(self.session.period.spoken)\n\n"
        "    def focus_first(self) -> None:\n        self.word.setFocus()\n",
        encoding="utf-8",
    )
    icons = house.top / "resources" / "icons"
    shutil.copy(icons / "check.svg", icons / "tried.svg")
    last = '    ("settings", N_("设置")),\n'
    house.change("ui/pages/navigation.py", last, last + '    ("tried", N_("试页")),\n')
    house.change(
        "ui/main_window.py",
        "    def _show_desk(self) -> None:",
        "    @cached_property\n    def tried(self):\n        from ui.pages.tried import TriedPage\n\n"
        "        return self._added(TriedPage(self.session))\n\n    def _show_desk(self) -> None:",
    )
    script = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from ui.app import Program, make_application\n"
        "application = make_application('zh')\n"
        "program = Program(Path(sys.argv[1]), date(2023, 4, 4), lambda problem: sys.exit(9))\n"
        "program.begin(sample=True); program.window.buttons['tried'].click()\n"
        "print(program.window.stack.currentWidget().word.text(), program.window.buttons['tried'].text())\n"
        "program.window.close()\n"
    )
    assert house.python("-c", script, tmp_path / "tried.yuebao") == "2023年3月 试页\n"


def test_every_tick_of_a_release_is_a_command_that_is_there() -> None:
    ticks = re.findall(r"^- \[ \] (.*)$", CHECKLIST.read_text("utf-8"), re.M)
    assert len(ticks) > 12
    for tick in ticks:
        commands = [word for word in re.findall(r"`([^`]+)`", tick) if not word.endswith((".md", "/"))]
        assert commands, tick
        for command in commands:
            name, *rest = command.removeprefix("python ").split()
            if name.startswith("packaging/"):
                assert (TOP / name).is_file(), command
                assert os.access(TOP / name, os.X_OK) or name.endswith((".py", ".ps1")), command
                assert all((TOP / word).exists() for word in rest if word.startswith("tests/")), command
            elif name == "yuebao":
                from desktop_app.cli.parser import build

                build().parse_args(rest)
            else:
                assert name in ("git", "sha256sum"), command


def test_the_version_is_written_once() -> None:
    """Everything else reads it; what is built of the same tree therefore says the same."""
    version = desktop_app.__version__
    files = [TOP / "pyproject.toml"]
    files += [path for room in ("packaging", "desktop_app", "ui") for path in (TOP / room).rglob("*") if path.is_file()]
    texts = {path: path.read_text("utf-8") for path in files if path.suffix not in (".pyc", ".txt", ".png")}
    found = {str(path.relative_to(TOP)) for path, text in texts.items() if f'"{version}"' in text}
    assert found == {"desktop_app/__init__.py"}
    first = re.search(r"^## (\S+?)(?:（|\s|$)", (TOP / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert first
    assert first[1] == version
