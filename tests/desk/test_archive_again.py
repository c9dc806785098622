"""Whoever alters an archive and its list of sums with it is found out: what follows from signed files is made again."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook

from desktop_app.cli.main import main
from desktop_app.desk import activities, archive_alike, demo, last_year_archive, settings, strike_off
from desktop_app.desk import archive as archiving
from desktop_app.desk import ledger as ledgers
from desktop_app.desk.archive_alike import Alike, alike
from desktop_app.desk.desk import Desk
from desktop_app.desk.last_year import courses
from desktop_app.desk.listed_items import listed_items
from desktop_app.desk.open_book import create
from desktop_app.desk.signed_months import signed_months
from desktop_app.desk.verify_archive import ArchiveVerdict, verify_archive
from desktop_app.errors import ClerkError
from desktop_app.language import speaking
from desktop_app.model.activity import ActivityKind
from desktop_app.model.ledger import LedgerKind
from tests.signed_month import DAY, signed_desk

NAME = "2023-03-r1"
DIFFERS = "{} 与签名月报里的数据算出来的不一致。"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month with other weights than usual, something done in public and a problem that was struck off."""
    folder = tmp_path_factory.mktemp("made")
    desk = signed_desk(folder / "book")
    try:
        settings.change(desk, "weights.progress", "70")
        activities.add(desk, ActivityKind.DISCLOSURE, DAY, "公布一季度进展")
        strike_off.close(desk, listed_items(desk, 2023).items[0].id, "资金已经到位，抽查无误。", "李堃")
        out = archiving.archive(desk, 2023, folder / "2023").path
        with speaking("zh"):
            usual = replace(ledgers.ledger(desk, 2023, LedgerKind.PERFORMANCE, every=True), title="别的标题")
            (folder / "other.pdf").write_bytes(ledgers.pages(usual, "绩效台账", desk.today()))
        return out
    finally:
        desk.close()


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "2023"))


def redo_sums(folder: Path) -> None:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
        if name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_bytes().decode("utf-8")
    assert before in text
    file.write_bytes(text.replace(before, after, 1).encode())


def paint_over(file: Path) -> None:
    """The same words, and a white sheet upon them."""
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        document.pages[0].contents_add(b"1 g 0 0 600 300 re f")
        document.save(file)


def one_figure(file: Path) -> None:
    """One digit of a workbook, in the place of another."""
    with zipfile.ZipFile(file) as book:
        members = [(item, book.read(item)) for item in book.infolist()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for item, data in members:
            if item.filename.endswith("sheet1.xml"):
                at = data.rindex(b"</v>") - 1
                data = data[:at] + (b"8" if data[at : at + 1] == b"9" else b"9") + data[at + 1 :]
            book.writestr(item, data)


def one_word(file: Path) -> None:
    book = load_workbook(file)
    book.worksheets[0]["A1"].value = "别的标题"
    book.save(file)


def one_measure(file: Path) -> None:
    plan = json.loads(file.read_text("utf-8"))
    next(each for each in plan["tasks"] if each["targets"])["measure"] = "别的措施。"
    file.write_text(json.dumps(plan, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def other_certificate(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def contents(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads((folder / "archive.json").read_text("utf-8"))
    change(data)
    (folder / "archive.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def verdict(made: Path) -> ArchiveVerdict:
    """What is said of it, where the unit's certificate is at hand."""
    with speaking("en"):  # the archive is Chinese whatever the screen speaks
        return verify_archive(made, [made.with_name("book") / "unit.pem"])


def test_an_archive_is_made_again_from_its_signed_files_to_the_last_figure(verdict: ArchiveVerdict) -> None:
    assert (verdict.problems, verdict.notes, verdict.trusted) == ((), (), True)
    (month,) = verdict.months
    assert (str(month.period), month.revision, len(month.tasks)) == ("2023-03", 1, len(month.report.tasks))


def test_every_kind_of_file_that_is_altered_with_its_sum_is_found(made: Path, copy: Path) -> None:
    edit(copy / "index.html", "1 个月的月报", "2 个月的月报")
    edit(copy / "data" / "entries.csv", "正常推进", "已完成")
    shutil.copy(made.with_name("other.pdf"), copy / "ledgers" / "performance.pdf")
    paint_over(copy / "ledgers" / "timeliness.pdf")
    one_figure(copy / "ledgers" / "performance.xlsx")
    one_word(copy / "ledgers" / "inspection.xlsx")
    one_measure(copy / "plan" / "plan-1.json")
    paint_over(copy / "plan" / "plan-1.pdf")
    one_word(copy / "plan" / "plan-1.xlsx")
    one_word(copy / "public" / "activities.xlsx")
    paint_over(copy / "public" / "activities.pdf")
    certificate = min((copy / "certificates").iterdir())
    other_certificate(certificate)
    redo_sums(copy)
    altered = (
        "data/entries.csv", "plan/plan-1.pdf", "plan/plan-1.xlsx", "ledgers/performance.pdf",
        "ledgers/performance.xlsx", "ledgers/inspection.xlsx", "ledgers/timeliness.pdf",
        f"certificates/{certificate.name}", "public/activities.pdf", "public/activities.xlsx", "index.html",
    )  # fmt: skip
    plan = f"plan/plan-1.json 里的任务与 reports/{NAME}.pdf 签署的不一致。"
    assert set(verify_archive(copy).problems) == {plan, *(DIFFERS.format(name) for name in altered)}


@pytest.mark.long
def test_evidence_and_data_that_were_put_in_the_place_of_others_are_found(copy: Path) -> None:
    evidence = min((copy / "evidence").rglob("*.*"))
    evidence.write_bytes(b"something else")
    edit(copy / "data" / f"{NAME}.json", "朝阳", "海淀")
    redo_sums(copy)
    assert verify_archive(copy).problems == (
        f"data/{NAME}.json 与月报里内嵌的数据不一致。",
        f"{evidence.relative_to(copy).as_posix()} 不是月报里的佐证材料。",
    )


def lie(data: dict[str, Any]) -> None:
    """What the list of contents could say and no signed file bears out."""
    report = data["reports"][0]
    report["reason"] = "没有更正"
    report["signatures"][0]["signer"] = "别人"
    report["evidence"][0]["name"] = "别的名字.txt"
    report["state"] = "received"
    report["last_day"] = "2023-05-30"
    report["handed_in_at"] = "2020-01-01T10:00:00+08:00"
    data["basis"]["sealed_at"][0] = "2023-01-01T10:00:00+08:00"
    data["basis"]["weights"] = ["1", "1", "98"]
    data["left_out"] = []
    data["tables"][0]["title"] = "别的表"
    data["unit"]["name"] = "别的单位"


def test_a_list_of_contents_that_says_what_no_signed_file_bears_out_is_found(copy: Path) -> None:
    contents(copy, lie)
    redo_sums(copy)
    verdict = verify_archive(copy)
    found = (*verdict.problems, *verdict.notes)
    pdf = f"reports/{NAME}.pdf"
    for said in (
        f"archive.json 里写的更正原因、签名、佐证材料与 {pdf} 里的不符。",
        f"{pdf} 写着的状态没有回执或退回单为证。",
        f"{pdf} 写着的最迟报送日与月报上的截止日期不符。",
        f"{pdf} 写着的报送时间早于签署：用过演练日期或调过时钟的会这样。",
        f"archive.json 里写的签署日期不是 {pdf} 签名的日期。",
        "archive.json 里 2023年3月 的最迟报送日前后不一。",
        f"{pdf} 不是这个单位这一年的月报。",
        "archive.json 里的 tables 与文件不符。",
        "2023年1月 没有月报，也没有写明没有归入。",
        DIFFERS.format("index.html"),
        DIFFERS.format("ledgers/timeliness.xlsx"),
        DIFFERS.format("ledgers/performance.pdf"),
    ):
        assert said in found


def drop_basis(data: dict[str, Any]) -> None:
    del data["basis"]


def half_a_basis(data: dict[str, Any]) -> None:
    data["basis"]["deadlines"] = []


def no_such_state(data: dict[str, Any]) -> None:
    data["reports"][0]["state"] = "draft"


def too_many_weights(data: dict[str, Any]) -> None:
    data["basis"]["weights"] = ["1"] * 5


def other_day(data: dict[str, Any]) -> None:
    data["made_at"] = "2023-04-05T10:00:00+08:00"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(no_such_state, "archive.json 里的台账依据不全，台账没有重算。", marks=pytest.mark.long),
        pytest.param(too_many_weights, "archive.json 里的台账依据不全，台账没有重算。", marks=pytest.mark.long),
        (drop_basis, "archive.json 里没有台账的依据，台账没有重算。"),
        pytest.param(half_a_basis, "archive.json 里的台账依据不全，台账没有重算。", marks=pytest.mark.long),
        pytest.param(other_day, DIFFERS.format("ledgers/problems.xlsx"), marks=pytest.mark.long),
    ],
)
def test_what_the_book_noted_cannot_be_left_out_or_altered_by_itself(copy: Path, change: Any, said: str) -> None:
    contents(copy, change)
    redo_sums(copy)
    assert said in verify_archive(copy).problems


@pytest.fixture
def newer(tmp_path: Path, verdict: ArchiveVerdict, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The same unit's new book, which knows nothing of that year; the archive need not be looked through again."""
    monkeypatch.setattr(last_year_archive, "verify_archive", lambda *_given, **_more: verdict)
    desk = create(tmp_path / "book.yuebao", demo.UNIT, today=date(2024, 2, 1))
    yield desk
    desk.close()


def test_a_new_book_takes_last_year_from_a_verified_archive_and_keeps_it(made: Path, newer: Desk) -> None:
    old = signed_desk(made.with_name("old"))
    try:
        own = courses(signed_months(old, 2023))
    finally:
        old.close()
    found = last_year_archive.looking(newer, 2023, made)(lambda: None)
    assert (found.courses, found.months, found.trusted) == (own, 1, True)
    assert any(each.percents for each in own)
    assert last_year_archive.kept_courses(newer, 2023) is None
    last_year_archive.keep(newer, found)
    assert last_year_archive.kept_courses(newer, 2023) == found
    last_year_archive.forget(newer, 2023)
    assert last_year_archive.kept_courses(newer, 2023) is None
    with pytest.raises(ClerkError, match="没有指定过2023年的归档"):
        last_year_archive.forget(newer, 2023)


def test_an_altered_archive_or_another_one_is_no_last_year(
    made: Path, newer: Desk, verdict: ArchiveVerdict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ClerkError, match="人民政府2023年的归档，不是北京市朝阳区人民政府2022年的"):
        last_year_archive.looking(newer, 2022, made)(lambda: None)
    other = create(tmp_path / "other.yuebao", "海淀区政府", today=date(2024, 2, 1))
    try:
        with pytest.raises(ClerkError, match="不是北京市海淀区人民政府2023年的"):
            last_year_archive.looking(other, 2023, made)(lambda: None)
    finally:
        other.close()
    bad = replace(verdict, problems=(DIFFERS.format("index.html"),))
    monkeypatch.setattr(last_year_archive, "verify_archive", lambda *_given, **_more: bad)
    with pytest.raises(ClerkError, match=f"没有通过核对，没有采用：{DIFFERS.format('index.html')}"):
        last_year_archive.looking(newer, 2023, made)(lambda: None)
    monkeypatch.undo()
    with pytest.raises(ClerkError, match="不是归档"):
        last_year_archive.looking(newer, 2023, tmp_path)(lambda: None)
    with pytest.raises(KeyError, match="stopped"):
        last_year_archive.looking(newer, 2023, made)(stopped)


def stopped() -> None:
    raise KeyError("stopped")


def test_last_year_by_command(made: Path, newer: Desk, capsys: pytest.CaptureFixture) -> None:
    words = ["--book", str(newer.book_path), "--today", "2024-02-01"]
    newer.close()
    assert main(["year", "2024", "--last", str(made), "--json", *words]) == 0
    said = json.loads(capsys.readouterr().out)["last_archive"]
    assert (said["path"], said["months"], said["trusted"]) == (str(made), 1, True)
    assert main(["year", "2024", "--no-last", *words]) == 1
    assert "2024年还没有签署完毕的月报" in capsys.readouterr().err
    assert main(["year", "2024", "--no-last", *words]) == 1
    assert "没有指定过2023年的归档" in capsys.readouterr().err
    assert main(["year", "2024", "--no-last", "--last", str(made), *words]) == 2
    assert main(["year", "2024", "--trust", str(made), *words]) == 2


def plan_of_another(plan: dict[str, Any]) -> None:
    plan["id"] = "0" * 64


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (plan_of_another, f"没有 reports/{NAME}.pdf 所依据的任务表。"),
        (dict.clear, "任务表的数据读不懂，台账没有重算。"),
    ],
)
def test_a_plan_that_is_not_the_one_that_was_reported_on_is_found(copy: Path, change: Any, said: str) -> None:
    file = copy / "plan" / "plan-1.json"
    plan = json.loads(file.read_text("utf-8"))
    change(plan)
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    redo_sums(copy)
    assert said in verify_archive(copy).problems


def test_another_version_s_dress_is_noted_and_its_figures_are_compared_all_the_same(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page and workbook as an older program would have dressed them."""
    page = (made / "index.html").read_bytes()
    dressed = page.replace(b"<style>", b"<style>\nbody { color: navy }\n")
    assert alike("index.html", dressed, page, same_program=False) is Alike.SAY
    assert alike("index.html", dressed, page, same_program=True) is Alike.DIFFER
    other = dressed.replace("正常推进".encode(), "已完成".encode(), 1)
    assert alike("index.html", other, page, same_program=False) is Alike.DIFFER
    sheet = (made / "ledgers" / "performance.xlsx").read_bytes()
    book = load_workbook(made / "ledgers" / "performance.xlsx")
    book.worksheets[0].column_dimensions["A"].width = 99
    book.save(tmp_path / "wide.xlsx")
    again = (tmp_path / "wide.xlsx").read_bytes()
    # openpyxl forgets what formulas come to: a workbook that no longer shows its figures is not the same
    assert alike("x.xlsx", again, sheet, same_program=True) is Alike.DIFFER
    monkeypatch.setattr(archive_alike, "_members", lambda book: [("", id(book))])
    assert alike("x.xlsx", sheet, sheet + b"\0", same_program=True) is Alike.SAY
    assert alike("x.xlsx", b"PK", sheet, same_program=True) is Alike.DIFFER
    pdf = (made / "ledgers" / "problems.pdf").read_bytes()
    with pikepdf.open(made / "ledgers" / "problems.pdf") as document:
        document.save(tmp_path / "resaved.pdf")
    assert alike("x.pdf", (tmp_path / "resaved.pdf").read_bytes(), pdf, same_program=True) is Alike.SAME
    paint_over(tmp_path / "resaved.pdf")
    assert alike("x.pdf", (tmp_path / "resaved.pdf").read_bytes(), pdf, same_program=False) is Alike.SAY
    assert alike("x.pdf", b"%PDF-1.7", pdf, same_program=False) is Alike.DIFFER
