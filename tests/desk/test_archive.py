"""A year's archive: whole or not there, told from a changed one, and read without this program."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest

from desktop_app.cli.main import main
from desktop_app.desk import archive as archiving
from desktop_app.desk.archive_tables import _cell
from desktop_app.desk.desk import Desk
from desktop_app.desk.verify_archive import verify_archive
from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange import open_envelope
from desktop_app.exchange.archive_marks import archive_problem
from desktop_app.store import sealed
from tests.signed_month import signed_book, signed_desk

MUCH_LATER = datetime(2051, 1, 1, tzinfo=timezone(timedelta(hours=8)))
NAME = "2023-03-r1"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = signed_desk(tmp_path_factory.mktemp("book"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As the command makes it."""
    out, said = tmp_path_factory.mktemp("archives") / "2023", io.StringIO()
    book = signed_book(tmp_path_factory.mktemp("other"))
    with redirect_stdout(said):
        assert main(["archive", "2023", "--out", str(out), "--book", str(book), "--json"]) == 0
    found = json.loads(said.getvalue())
    assert (found["path"], found["verified"], found["files"]) == (str(out), True, len(files(out)))
    assert found["listing_sha256"] == hashlib.sha256((out / "SHA256SUMS").read_bytes()).hexdigest()
    assert found["left_out"][0] == "2023年2月 第1版没有签署完毕，没有归入。"
    assert "2023年1月、2023年4月" in found["left_out"][1]
    return out


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "2023"))


class Page(HTMLParser):
    """What a page leads to, and the elements it is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        self.links += [value for name, value in attrs if name in ("href", "src") and value]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_it_is_read_with_what_every_machine_has(made: Path) -> None:
    names = files(made)
    assert {"index.html", "SHA256SUMS", "archive.json", f"reports/{NAME}.pdf", f"data/{NAME}.json"} <= set(names)
    assert all(name.isascii() for name in names)
    assert not made.with_name("2023.part").exists()
    said = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=made, capture_output=True, text=True, check=True)
    assert len(said.stdout.splitlines()) == len(names) - 1
    page = Page((made / "index.html").read_text("utf-8"))
    assert ("lang", "zh-CN") in page.attributes
    assert "script" not in page.tags
    assert {link for link in page.links if link not in names} == set()
    listed = {name for name in names if name not in ("index.html",)}
    assert listed - set(page.links) == set()


def test_data_are_those_that_were_signed_and_tables_hold_them(made: Path) -> None:
    inside = open_envelope((made / "reports" / f"{NAME}.pdf").read_bytes())
    data = (made / "data" / f"{NAME}.json").read_bytes()
    assert data == inside.data_bytes
    code = hashlib.sha256(data).hexdigest()[:16].upper()
    (report,) = json.loads((made / "archive.json").read_text("utf-8"))["reports"]
    assert report["check_code"].replace("-", "") == code
    rows = list(csv.DictReader(io.StringIO((made / "data" / "entries.csv").read_text("utf-8-sig"))))
    said = {entry["task_id"]: entry for entry in json.loads(data)["entries"]}
    assert len(rows) == len(json.loads(data)["tasks"])
    for row in rows:
        entry = said.get(row["任务编号"], {})
        assert (row["累计完成"] or None) == entry.get("cumulative")
        assert row["本月进展"] == entry.get("narrative", "")


def test_texts_that_a_spreadsheet_would_reckon_stay_texts() -> None:
    assert [_cell(value) for value in ("=1+1", "+86", "-5", "@x", "\t=1", "完成", None)] == [
        "'=1+1", "'+86", "'-5", "'@x", "'\t=1", "完成", "",
    ]  # fmt: skip


def test_every_pdf_is_marked_for_archives(made: Path) -> None:
    found = [path for path in made.rglob("*.pdf") if "evidence" not in path.parts]
    assert len(found) == 6
    assert [archive_problem(path.read_bytes()) for path in found] == [None] * len(found)
    assert archive_problem(b"%PDF-1.7 nothing") is not None


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def redo_sums(folder: Path) -> None:
    """What somebody would do who changes a file and knows of the list."""
    names = [name for name in files(folder) if name != "SHA256SUMS"]
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def edit(file: Path, before: str, after: str) -> None:
    data = file.read_bytes()
    assert before.encode() in data
    file.write_bytes(data.replace(before.encode(), after.encode()))


def test_files_that_are_not_those_of_the_list_are_found(copy: Path, tmp_path: Path) -> None:
    flip(copy / "reports" / f"{NAME}.pdf")
    (copy / "ledgers" / "problems.xlsx").unlink()
    (copy / "reports" / "2023-04-r1.pdf").write_bytes(b"%PDF-1.7")
    (copy / "data" / "entries.csv").rename(tmp_path / "elsewhere.csv")
    (copy / "data" / "entries.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert verify_archive(copy).problems == (
        "多出了清单以外的文件 reports/2023-04-r1.pdf。",
        "文件 data/entries.csv 被改动过，或已损坏。",
        "缺少文件 ledgers/problems.xlsx。",
        f"文件 reports/{NAME}.pdf 被改动过，或已损坏。",
    )


def test_a_list_made_anew_hides_nothing_and_what_holds_does_so_when_all_certificates_ran_out(copy: Path) -> None:
    edit(copy / "data" / "entries.csv", "正常推进", "已完成")
    edit(copy / "data" / f"{NAME}.json", "朝阳", "海淀")
    (copy / "reports" / "2023-04-r1.pdf").write_bytes((copy / "reports" / f"{NAME}.pdf").read_bytes())
    with pikepdf.open(copy / "plan" / "plan-1.pdf", allow_overwriting_input=True) as document:
        del document.Root.Metadata
        document.save(copy / "plan" / "plan-1.pdf")
    redo_sums(copy)
    verdict = verify_archive(copy, at=MUCH_LATER)
    assert (verdict.reports, verdict.trusted, verdict.files) == (1, False, len(files(copy)))
    assert verdict.problems == (
        "目录里没有列出 reports/2023-04-r1.pdf。",
        "plan/plan-1.pdf 不是可以归档的 PDF/A：没有 PDF/A 标记。",
        f"data/{NAME}.json 与月报里内嵌的数据不一致。",
        "data/entries.csv 与签名月报里的数据算出来的不一致。",
    )


def test_a_forged_report_does_not_pass(copy: Path) -> None:
    flip(copy / "reports" / f"{NAME}.pdf")
    redo_sums(copy)
    found = verify_archive(copy)
    assert found.problems
    assert all(problem.startswith(f"reports/{NAME}.pdf") for problem in found.problems)


def test_contents_that_speak_of_another_report_are_found(copy: Path) -> None:
    data = json.loads((copy / "archive.json").read_text("utf-8"))
    code = data["reports"][0]["check_code"]
    edit(copy / "archive.json", code, "0000-0000-0000-0000")
    redo_sums(copy)
    assert verify_archive(copy).problems == (f"reports/{NAME}.pdf 不是目录里说的那份文件。",)


@pytest.mark.parametrize(
    "line", ["x", f"{'0' * 64}  ../../etc/passwd", f"{'0' * 64}  /etc/passwd", f"{'0' * 64}  a//b"]
)
def test_a_list_that_leads_elsewhere_is_refused(copy: Path, line: str) -> None:
    (copy / "SHA256SUMS").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ClerkError, match="读不懂"):
        verify_archive(copy)


def test_commands(made: Path, desk: Desk, copy: Path, capsys: pytest.CaptureFixture) -> None:
    trust = str(desk.book_path.with_name("unit.pem"))
    (copy / "index.html").write_text("", encoding="utf-8")
    assert main(["archive", "--verify", str(made), "--trust", trust, "--json"]) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["valid"], verdict["trusted"], verdict["notes"]) == (True, True, [])
    assert verdict["listing_sha256"] == hashlib.sha256((made / "SHA256SUMS").read_bytes()).hexdigest()
    assert main(["archive", "--verify", str(copy)]) == 1
    assert "index.html" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["archive", "2022", "--out", "new"], 1, "2022年还没有签署完毕的月报"),
        (["archive", "2023", "--out", "full"], 1, "已经有内容"),
        (["archive", "2023", "--out", "full/file"], 1, "已经有内容"),
        (["archive", "2023", "--out", "full/file/deeper"], 3, "没有做完"),
        (["archive", "2023", "--out", "/"], 1, "已经有内容"),
        (["archive", "2023"], 2, "要写归档的年份和文件夹"),
        (["archive", "--out", "new"], 2, "要写归档的年份和文件夹"),
        (["archive", "2023", "--verify", "full"], 2, "不写年份"),
        (["archive", "--verify", "full"], 1, "不是归档"),
        (["archive", "--verify", "nowhere"], 1, "不是归档"),
    ],
)
def test_refusals(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    words: list[str],
    code: int,
    said: str,
) -> None:
    book = signed_book(tmp_path / "book")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main([*words, "--book", str(book)] if "--verify" not in words else words) == code
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "full"]


def test_stopped_on_the_way_nothing_is_left(desk: Desk, tmp_path: Path) -> None:
    left = 3

    def here() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        archiving.archive(desk, 2023, tmp_path / "2023", here=here)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_original_is_not_archived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = signed_desk(tmp_path / "book")
    real = sealed.sealed

    def cut(book: object, month_id: int) -> object:
        held = real(book, month_id)
        return replace(held, pdf=held.pdf[: held.pdf.rindex(b"%%EOF", 0, -10) + 6])

    try:
        with monkeypatch.context() as patched:
            patched.setattr(sealed, "sealed", cut)
            with pytest.raises(WorldError, match="没有通过核验，没有归档"):
                archiving.archive(desk, 2023, tmp_path / "out" / "2023")
        assert list((tmp_path / "out").iterdir()) == []
    finally:
        desk.close()
