"""A file opened from a folder: what a clerk sees of a report, of a changed one, and of somebody else's PDF."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.cli import window
from desktop_app.cli.main import main
from ui import background
from ui.messages import Messages
from ui.pages.seen_file import SeenFilePage

TOP = Path(__file__).resolve().parents[2]
REPORT = TOP / "tests" / "keepsakes" / "report-1.pdf"


@pytest.fixture
def shown(qtbot, tmp_path):
    """Show a file and wait for the verdict; gives the page and what was said in the bar."""

    def show(file: Path, book: Path | None = None) -> tuple[SeenFilePage, list[str]]:
        messages, said = Messages(), []
        messages.said.connect(lambda _kind, text: said.append(text))
        page = SeenFilePage(file, book or tmp_path / "none.yuebao", None, messages)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda: not background.busy(), timeout=20_000)
        return page, said

    return show


def test_a_report_says_what_it_is_and_that_its_signers_are_not_known_here(shown):
    page, said = shown(REPORT)
    assert page.verdict.text() == "文件完好；签名人的身份未经核对"
    assert page.verdict.objectName() == "badgeWarn"
    assert "校验码：" in page.text.toPlainText()
    assert said == []


def test_one_changed_byte_is_said_in_red(shown, tmp_path):
    data = bytearray(REPORT.read_bytes())
    data[len(data) // 3] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    page, _said = shown(changed)
    assert page.verdict.text() in ("核验没有通过", "不是月报程序的文件，或者已经损坏")
    assert page.verdict.objectName() != "badgeGood"
    assert page.text.toPlainText()


def test_somebody_elses_pdf_is_no_failure_and_nothing_to_keep(shown, tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    other = tmp_path / "other.pdf"
    canvas = Canvas(str(other))
    canvas.drawString(72, 720, "minutes of a meeting")
    canvas.save()
    page, _said = shown(other)
    assert page.verdict.text() == "不是月报程序的文件，或者已经损坏"
    assert page.verdict.objectName() == "badgeWarn"
    assert not page.keep.isEnabled()


def test_the_result_is_kept_as_a_page_or_as_text(shown, tmp_path, monkeypatch):
    page, said = shown(REPORT)
    for name, begin in (("result.pdf", b"%PDF"), ("result.txt", "文件完好".encode())):
        target = tmp_path / name
        monkeypatch.setattr("ui.pages.seen_file.QFileDialog.getSaveFileName", lambda *_, out=target: (str(out), ""))
        page.keep.click()
        assert target.read_bytes().startswith(begin)
        assert said[-1] == f"已写到 {target}。"


HOLDER = """
import sys
from pathlib import Path
from desktop_app.desk.open_book import open_desk
desk = open_desk(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
desk.close()
"""


def test_a_book_that_is_open_in_a_window_is_read_all_the_same(shown, book):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(book)], cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        page, said = shown(REPORT, book)
        holder.communicate("")
    assert page.verdict.objectName() == "badgeWarn"
    assert said == []


def test_open_tells_a_book_from_a_paper(tmp_path, monkeypatch):
    """By what is inside, not by the name: what a desktop hands us is whatever somebody clicked."""
    opened = []
    monkeypatch.setattr(window, "show", lambda options, *, sample, file=None: opened.append((options, file)) or 0)
    paper, book = tmp_path / "a.yuebao", tmp_path / "b.pdf"
    paper.write_bytes(REPORT.read_bytes())
    book.write_bytes(b"SQLite format 3\0" + bytes(100))
    assert main(["open", str(paper)]) == 0
    assert main(["open", str(book)]) == 0
    assert main(["open"]) == 0
    assert [file for _options, file in opened] == [paper, None, None]
    assert opened[1][0].book == book
    assert not hasattr(opened[2][0], "book")


def test_open_refuses_what_is_not_there_and_does_not_make_a_book_of_it(tmp_path, capsys):
    missing = tmp_path / "missing.yuebao"
    assert main(["open", str(missing)]) == 1
    assert "没有找到" in capsys.readouterr().err
    assert not missing.exists()
    assert main(["--json", "open"]) == 2
