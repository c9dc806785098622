"""Tables as bureaus, districts and towns send them, held against what a person read in them before any program did."""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.plans import import_plan, shipped_directory
from tests.plans.office_files import HEADINGS, book, cell, document, grid, line, row
from tests.plans.table_maker import sheet, written
from tests.plans.test_phrases_targets import KINDS

pytestmark = pytest.mark.usefixtures("read_here")
DIRECTORY = shipped_directory()
NAMES = {unit.short_name.removesuffix("区"): unit.code for unit in DIRECTORY.districts(with_development_area=False)}
GROUPS = {"S16": list(NAMES.values()), "S17": [*NAMES.values(), "BJ-BDA"]}
CODES = {code: name for name, code in NAMES.items()} | {"BJ-BDA": "开发"}
TEXT = (Path(__file__).parent / "files" / "sent.txt").read_text("utf-8")
BLOCKS = {block.partition(" |")[0]: block.splitlines() for block in TEXT.split("\n@ ")[1:]}


def value(text):
    """A cell: a number where it is one, else a text."""
    return (
        float(text)
        if "." in text and text.replace(".", "", 1).isdigit()
        else int(text)
        if text.isascii() and text.isdigit()
        else text
    )


def sheets(lines):
    """The sheets of a block: name, rows, merged areas."""
    found = []
    for each in lines:
        if each.startswith("# "):
            name, *merge = each[2:].split(" ")
            found.append((name, [], merge))
        elif found and each[:2] not in ("> ", "? ", "+ ", "! ", "?", "", ">"):
            found[-1][1].append([value(text.replace("\\n", "\n")) for text in each.split("|")])
    return found


def units(words):
    return sorted(code for word in words.split() for code in GROUPS.get(word, [NAMES.get(word, word)]))


def figure(target, *, unit=True):
    mark = next(mark for mark, sense in KINDS.items() if sense == (target.kind.value, target.direction.value))
    value = "" if target.value is None else str(target.value)
    return " ".join(part for part in (mark, value, target.unit if unit else "") if part)


def holds(task, truth):
    """Whether a task is what one line of truth says: id | owners | deadline | targets | more."""
    _id, owners, due, targets, *more = (part.strip() for part in f"{truth} | ".split("|"))
    stated = "; ".join(figure(target) for target in task.targets if targets or target.value is not None)
    assert owners == "any" or sorted(task.owners) == units(owners)
    assert due == "any" or f"{task.deadline.kind} {task.deadline.day}".removesuffix(" None") == due.removesuffix(
        " None"
    )
    assert targets == "any" or stated == targets
    for name, _sign, wanted in (part.partition("=") for part in "".join(more).split("; ") if part):
        found = getattr(task, name)
        assert (sorted(found) if isinstance(found, tuple) else str(found)) == (
            units(wanted) if isinstance(found, tuple) else wanted
        )


def check(plan, truths, asked):
    assert [task.id for task in plan.tasks] == [truth.partition(" |")[0] for truth in truths]
    for task, truth in zip(plan.tasks, truths, strict=True):
        holds(task, truth)
    assert asked == "any" or sorted(question.id for question in plan.questions) == sorted(asked.split())


@pytest.mark.parametrize("about", BLOCKS)
def test_what_a_person_reads_in_a_table(about):
    lines = BLOCKS[about]
    _about, file, year = lines[0].split(" | ")
    plan = import_plan(written(*sheets(lines[1:])), file, DIRECTORY).plan
    told = {mark: [each[2:] for each in lines if each[:1] == mark] for mark in ">?+!"}
    check(plan, told[">"], told["?"][0])
    assert plan.year == int(year)
    assert not told["+"] or " ".join(str(annex.number) for annex in plan.annexes) == told["+"][0]
    assert [
        f"{each.name} | {each.unit} | "
        + "; ".join(f"{CODES[target.scope]} {figure(target, unit=False)}" for target in each.targets)
        for each in plan.indicators
    ] == told["!"]


SOIL = [
    ("北京市土壤污染防治2021年行动计划", *[""] * 6),
    [""] * 7,
    ("序号", "任务类别", "主要措施", "办理时限", "牵头单位", "主责单位", "配合单位"),
    (
        "1",
        "农用地",
        "受污染耕地安全利用率达到93%；\n开展2轮次监测",
        "12月底前",
        "市农业农村局",
        "有关区政府",
        "市生态环境局",
    ),
    ("2", "", '完成"三调"地块，核查80个', "9月30日前", "市规划自然资源委", "各区政府", ""),
]
IN_SOIL = (
    "1-1 |  | month_end 2021-12-31 | R 93 %; Q 2 轮次 | lead=BJ-NYNCJ; supporters=BJ-STHJJ; title=农用地",
    "1-2 | S16 | date 2021-09-30 | Q 80 个 | title=农用地",
)
FOOT = [("合计", "", "2项", *[""] * 6), ("填表人：张三", "", "", "联系电话：12345678", *[""] * 5)]


@pytest.mark.parametrize(
    ("separator", "encoding", "wider", "below"),
    [(";", "utf-8-sig", 0, []), ("\t", "gb18030", 2, [[""] * 9] * 3), (",", "gbk", 2, FOOT)],
)
def test_text_files_with_marks_trailing_cells_and_a_foot(separator, encoding, wider, below):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows([*((*each, *[""] * wider) for each in SOIL), *below])
    check(import_plan(stream.getvalue().encode(encoding), "土壤.csv", DIRECTORY).plan, IN_SOIL, "1-1-owners")


def words(*measures, above=()):
    """Lines above a table, and the table of these measures."""
    return "".join(map(line, above)) + grid(row(*HEADINGS), *(row(*each) for each in measures))


def measured(number, text, due="年底前", owners="市交通委"):
    return (str(number), "治理", text, due, "", owners, "")


PROSE = [
    f"（{n}）坚持精准治污，2023年空气质量持续改善，完成{n}0家企业治理，各区政府要高度重视。" * 3 for n in range(40)
]
DOCUMENTS = {
    "pages of words before two annexes": (
        line("北京市深入打好污染防治攻坚战2024年行动计划")
        + "".join(map(line, PROSE))
        + words(measured(1, "淘汰1万辆", "年底前", "各区政府"), above=("附件1", "大气污染防治2024年行动计划"))
        + words(measured(1, "治理9条", "11月底前", "房山区政府"), above=("附件2", "水污染防治2024年行动计划")),
        ("1-1 | S16 | year_end 2024-12-31 | Q 1 万辆", "2-1 | 房山 | month_end 2024-11-30 | Q 9 条"),
    ),
    "tables called 表1 and 表2": (
        line("2024年任务分解方案")
        + words(measured(1, "淘汰1万辆", "年底前", "各区政府"), above=("表1 大气污染防治任务",))
        + words(measured(1, "治理9条"), measured(2, "治理8条"), above=("表2 水污染防治任务",)),
        (
            "1-1 | S16 | year_end 2024-12-31 | Q 1 万辆",
            "2-1 | BJ-JTW | year_end 2024-12-31 | Q 9 条",
            "2-2 | BJ-JTW | year_end 2024-12-31 | Q 8 条",
        ),
    ),
    "one table in three pieces with its head on each": (
        line("2024年大气污染防治任务分解表")
        + "".join(
            words(*(measured(n, f"检查{n}家") for n in range(first, first + 3)), above=("（续表）",) * (first > 1))
            for first in (1, 4, 7)
        ),
        tuple(f"1-{n} | BJ-JTW | year_end 2024-12-31 | Q {n} 家" for n in range(1, 10)),
    ),
    "districts merged down beside their own tasks": (
        line("附件6")
        + line("2024年各区特色任务")
        + grid(
            row("区", "序号", "特色任务", "完成时限"),
            *(
                row(cell(name, f'<w:vMerge w:val="{merge}"/>'), number, text, "年底前")
                for name, merge, number, text in (
                    ("朝阳区", "restart", "1", "治理3公里"),
                    ("", "continue", "2", "种树100亩"),
                    ("海淀区", "restart", "1", "治理2公里"),
                )
            ),
        ),
        (
            "6-1.1 | 朝阳 | year_end 2024-12-31 | Q 3 公里",
            "6-1.2 | 朝阳 | year_end 2024-12-31 | Q 100 亩",
            "6-2.1 | 海淀 | year_end 2024-12-31 | Q 2 公里",
        ),
    ),
}


@pytest.mark.parametrize("about", DOCUMENTS)
def test_documents(about):
    body, truths = DOCUMENTS[about]
    check(import_plan(document(body), "计划.docx", DIRECTORY).plan, truths, "")


def test_dates_shares_and_units_that_only_the_format_shows():
    def formats(made):
        for place, shape in zip(("C3", "D3", "C4", "D4", "C5", "D5"), SHAPES, strict=True):
            made.active[place].number_format = shape

    rows = [
        (1, "道路清扫率", datetime(2024, 6, 30), 0.95, "市城市管理委"),  # noqa: DTZ001
        (2, "治理企业", datetime(2024, 10, 15), 30, "市生态环境局"),  # noqa: DTZ001
        (3, "检查单位（家次）", datetime(2024, 12, 1), 12000, "市生态环境局"),  # noqa: DTZ001
    ]
    headings = ("序号", "工作任务", "完成时间", "年度目标", "责任单位")
    data = written(sheet("任务", ("2024年任务",), headings, *rows), change=formats)
    truths = (
        "1-1 | BJ-CGW | date 2024-06-30 | R 95 %",
        "1-2 | BJ-STHJJ | date 2024-10-15 | Q 30 家",
        "1-3 | BJ-STHJJ | month_end 2024-12-31 | Q 12000 家次",
    )
    check(import_plan(data, "t.xlsx", DIRECTORY).plan, truths, "")


SHAPES = ("yyyy-mm-dd", "0%", 'm"月"d"日"', '0"家"', "mmm-yy", "#,##0")


def test_formulas_are_read_by_the_values_they_left():
    cells = (
        ("2024年任务",),
        ("序号", "工作任务", "完成时限", "年度目标", "责任单位"),
        ("=1", "=治理企业", "=年底前", "=3家", "市水务局"),
    )

    def made(text):
        return f'<c t="str">{"<f>A1</f>" * text.startswith("=")}<v>{text.lstrip("=")}</v></c>'

    rows = "".join(f"<row>{''.join(map(made, each))}</row>" for each in cells)
    plan = import_plan(book(f"<sheetData>{rows}</sheetData>"), "t.xlsx", DIRECTORY).plan
    check(plan, ("1-1 | BJ-SHUIW | year_end 2024-12-31 | Q 3 家",), "")


def test_columns_that_are_hidden_are_read_and_said():
    def hide(made):
        made.active.column_dimensions["C"].hidden = True

    rows = (("2024年任务",), ("序号", "工作任务", "完成时限", "责任单位"), (1, "检查7家", "8月底前", "市教委"))
    plan = import_plan(written(sheet("任务", *rows), change=hide), "t.xlsx", DIRECTORY).plan
    check(plan, ("1-1 | BJ-JW | month_end 2024-08-31 | Q 7 家",), "")
    assert any("隐藏的列" in warning for warning in plan.warnings)
