"""Word tables: the same measures as the sheet, however Word or WPS has written them."""

import io
import zipfile

import pytest

from desktop_app import assets
from desktop_app.plans import import_plan
from desktop_app.plans.workbook import read_workbook
from tests.plans.office_files import HEADINGS, MEASURE, WORD_NS, cell, document, grid, line, packed, relations, row, run

TITLE = line("2023年行动计划")
HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
CONTINUED = "<w:vMerge/>"
BEGUN = '<w:vMerge w:val="restart"/>'


def wide(count):
    return f'<w:gridSpan w:val="{count}"/>'


def measure(number, text, topic="治水", deadline="年底前"):
    return row(str(number), topic, text, deadline, "市水务局", "朝阳区政府", "市生态环境局")


def tasks_of(units, data, name="计划.docx"):
    return import_plan(data, name, units).plan.tasks


def sheets_of(data):
    return read_workbook(data, "计划.docx").sheets


def text_in_table(content):
    """What is read of one cell with this content."""
    (sheet,) = sheets_of(document(grid(row("头", cell(content)))))
    return sheet.own(1, 2)


def test_the_sample_document_gives_the_measures_of_the_sample_sheet(units, plan):
    name = "plan-2023-water.docx"
    taken = import_plan(assets.read_bytes("samples", name), name, units).plan
    expected = [task for task in plan.tasks if task.annex == 3]
    assert [task.id for task in taken.tasks] == [f"3-{number}" for number in range(1, 25)]
    for ours, theirs in zip(taken.tasks, expected, strict=True):
        assert ours.owners == theirs.owners
        assert (ours.lead, ours.supporters) == (theirs.lead, theirs.supporters)
        assert ours.deadline == theirs.deadline
        assert (ours.key, ours.title, ours.section, ours.measure) == (
            theirs.key,
            theirs.title,
            theirs.section,
            theirs.measure,
        )
        # A share by the annex of indicators can only be had where that annex is in the file.
        own = tuple(target for target in theirs.targets if "（附件" not in target.raw)
        assert ours.targets == own
    assert (taken.year, taken.sample, len(taken.annexes)) == (2023, True, 1)
    assert taken.annexes[0].title == "北京市水污染防治2023年行动计划——示例任务集(非官方文本)"
    assert {question.id for question in taken.questions} == {
        question.id for question in plan.questions if question.task and question.task.startswith("3-")
    }


def test_no_styles_no_numbering_no_properties(units):
    (task,) = tasks_of(units, document(line("附件2") + TITLE + grid(row(*HEADINGS), row(*MEASURE))))
    assert (task.id, task.title, task.measure) == ("2-1", "治水", "建成污水管线12公里")
    assert (task.owners, task.lead) == (("110105",), ("BJ-SHUIW",))


def test_cells_merged_downwards_and_across(units):
    table = grid(
        row(*HEADINGS),
        row(cell("一、水环境", wide(7))),
        row("1", cell("★治水", BEGUN), "措施甲", "年底前", cell("市水务局", BEGUN), "朝阳区政府", ""),
        row("2", cell("", CONTINUED), "措施乙", "6月底前", cell("旧字", CONTINUED), "海淀区政府", ""),
        row("3", "别的", "措施丙", "6月底前", "市教委", "海淀区政府", ""),
    )
    tasks = tasks_of(units, document(TITLE + table))
    assert [(task.title, task.key, task.section) for task in tasks] == [
        ("治水", True, "一、水环境"),
        ("治水", True, "一、水环境"),
        ("别的", False, "一、水环境"),
    ]
    assert [task.lead for task in tasks] == [("BJ-SHUIW",), ("BJ-SHUIW",), ("BJ-JW",)]


def test_borders_that_stand_a_little_beside_the_ruler(units):
    """Word gives each page its own ruler: the same column is one grid column here and two there."""
    ragged = (
        cell("1"),
        cell("治水", wide(2)),
        cell("措施甲"),
        cell("年底前", wide(2)),
        cell("市水务局"),
        cell("朝阳区政府"),
        cell("市教委"),
    )
    table = grid(
        row(
            "序号", "重点任务", cell("工作措施", wide(2)), "完成时限", cell("牵头部门", wide(2)), "主责单位", "协办单位"
        ),
        row(*ragged),
        row(cell("二、其他", wide(9))),
        measure(2, "措施乙"),
        widths=(600, 1500, 40, 4900, 1200, 60, 1500, 2300, 2300),
    )
    first, second = tasks_of(units, document(TITLE + table))
    assert (first.measure, first.deadline.raw, first.owners) == ("措施甲", "年底前", ("110105",))
    assert (second.measure, second.section, second.owners) == ("措施乙", "二、其他", ("110105",))


def test_a_header_in_two_rows(units):
    table = grid(
        row(
            cell("序号", BEGUN),
            cell("工作措施", BEGUN),
            cell("完成时限", BEGUN),
            cell("责任分工", wide(2)),
        ),
        row(cell("", CONTINUED), cell("", CONTINUED), cell("", CONTINUED), "牵头部门", "主责单位"),
        row("1", "措施甲", "年底前", "市水务局", "朝阳区政府"),
    )
    (task,) = tasks_of(units, document(TITLE + table))
    assert (task.measure, task.lead, task.owners) == ("措施甲", ("BJ-SHUIW",), ("110105",))


@pytest.mark.parametrize(
    ("between", "repeated"),
    [("", False), (line(""), True), (line("（续表）"), True), (line("二、地下水"), False), (line("二、地下水"), True)],
)
def test_a_table_cut_in_two_is_one(units, between, repeated):
    second = [row(*HEADINGS)] if repeated else []
    body = (
        line("附件3")
        + TITLE
        + grid(row(*HEADINGS), measure(1, "措施甲"), measure(2, "措施乙"))
        + between
        + grid(*second, measure(3, "措施丙"), measure(4, "措施丁"))
    )
    tasks = tasks_of(units, document(body))
    assert [task.id for task in tasks] == ["3-1", "3-2", "3-3", "3-4"]
    assert [task.section for task in tasks[2:]] == (["二、地下水"] * 2 if "二、" in between else [""] * 2)


def test_tables_of_their_own_stay_apart(units):
    body = (
        line("附件1")
        + line("大气污染防治2023年行动计划")
        + grid(row(*HEADINGS), measure(1, "措施甲"))
        + line("附件2")
        + line("水污染防治2023年行动计划")
        + grid(row(*HEADINGS), measure(1, "措施乙"))
    )
    plan = import_plan(document(body), "计划.docx", units).plan
    assert [task.id for task in plan.tasks] == ["1-1", "2-1"]
    assert [annex.title for annex in plan.annexes] == ["大气污染防治2023年行动计划", "水污染防治2023年行动计划"]


def test_a_letter_before_the_annexes(units):
    letter = "".join(
        line(text)
        for text in (
            "北京市人民政府办公厅关于印发《北京市深入打好污染防治攻坚战2023年行动计划》的通知",
            "京政办发〔2023〕4号",
            "各区人民政府，市政府各委、办、局，各市属机构：",
            "附件：1.水污染防治2023年行动计划",
            *(f"第{number}段正文，请认真贯彻落实。" for number in range(20)),
            "附件1",
            "水污染防治2023年行动计划",
        )
    )
    plan = import_plan(document(letter + grid(row(*HEADINGS), row(*MEASURE))), "通知.docx", units).plan
    assert [task.id for task in plan.tasks] == ["1-1"]
    assert plan.annexes[0].title == "水污染防治2023年行动计划"
    assert plan.document_number == "京政办发〔2023〕4号"
    assert plan.title == "北京市深入打好污染防治攻坚战2023年行动计划"


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (line("甲") + line("乙"), "甲\n乙"),
        (f"<w:p>{run('甲')}<w:r><w:br/></w:r>{run('乙')}</w:p>", "甲\n乙"),
        (f"<w:p>{run('甲')}<w:r><w:tab/></w:r>{run('乙')}</w:p>", "甲 乙"),
        (
            f"<w:p><w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
            "新",
        ),
        (f"<w:p><w:del w:id='2'>{run('旧')}</w:del>{run('新')}</w:p>", "新"),
        (f"<w:p><w:moveFrom w:id='2'>{run('旧')}</w:moveFrom><w:moveTo w:id='3'>{run('新')}</w:moveTo></w:p>", "新"),
        (f"<w:p><w:r>{HIDDEN}<w:t>暗</w:t></w:r>{run('明')}</w:p>", "明"),
        ("<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>明</w:t></w:r></w:p>", "明"),
        (f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p>", "链接"),
        (f"<w:sdt><w:sdtContent>{line('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{run('字')}</w:p>", "字"),
        (f"<w:p><w:r><w:pict><w:txbxContent>{line('框')}</w:txbxContent></w:pict></w:r>{run('字')}</w:p>", "字"),
        (f"<w:p><w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('拼')}</w:rubyBase></w:ruby></w:r></w:p>", "拼"),
        ("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>", "✓"),
        (f"<w:p>{run('PM')}<w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr><w:t>2.5</w:t></w:r></w:p>", "PM2.5"),
        (grid(row("内甲", "内乙")) + line("外"), "内甲\n内乙\n外"),
    ],
)
def test_words_as_they_are_read_on_paper(content, read):
    assert text_in_table(content) == read


def test_rows_crossed_out_and_hidden(units):
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell('9')}{cell('')}{cell('旧措施')}</w:tr>"
    hidden = row("2", "治水", "措施乙", "年底前", "", "朝阳区政府", "", shape="<w:hidden/>")
    data = document(TITLE + grid(row(*HEADINGS), measure(1, "措施甲"), gone, hidden))
    plan = import_plan(data, "计划.docx", units).plan
    assert [task.measure for task in plan.tasks] == ["措施甲", "措施乙"]
    assert any("隐藏的行" in warning for warning in plan.warnings)


def numbered(identity, text="", level=0):
    chosen = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr></w:pPr>'
    return line(text, chosen)


def listing(identity, shape, text, *more):
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'
        for level, (form, words) in enumerate([(shape, text), *more])
    )
    return f'<w:abstractNum w:abstractNumId="{identity}">{levels}</w:abstractNum>'


def using(identity, shape, change=""):
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{shape}"/>{change}</w:num>'


def test_automatic_numbers_are_counted(units):
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    lists = (
        listing(0, "decimal", "%1.")
        + listing(1, "chineseCountingThousand", "%1、")
        + using(1, 0)
        + using(2, 1)
        + using(3, 0, again)
    )
    one, other = cell(numbered(1)), cell(numbered(3))
    rest = ("", "年底前", "市水务局", "朝阳区政府", "")
    table = grid(
        row(*HEADINGS),
        row(cell(numbered(2, "水环境"), wide(7))),
        row(one, "", "措施甲", *rest[1:]),
        row(one, "", "措施乙", *rest[1:]),
        row(cell(numbered(2, "地下水"), wide(7))),
        row(other, "", "措施丙", *rest[1:]),
        row(other, "", "措施丁", *rest[1:]),
    )
    tasks = tasks_of(units, document(TITLE + table, numbering=lists))
    assert [task.number for task in tasks] == ["1", "2", "7", "8"]
    assert [task.section for task in tasks] == ["一、水环境", "一、水环境", "二、地下水", "二、地下水"]


def test_numbers_by_style_and_on_two_levels():
    styles = '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    lists = listing(0, "decimal", "%1", ("decimal", "%1.%2"), ("bullet", "·")) + using(1, 0)
    styled = line("", '<w:pPr><w:pStyle w:val="a"/></w:pPr>')
    table = grid(
        row(cell(styled), "甲"),
        row(cell(numbered(1, level=1)), "乙"),
        row(cell(numbered(1, level=1)), "丙"),
        row(cell(styled), "丁"),
        row(cell(numbered(1, level=1)), "戊"),
        row(cell(numbered(1, "己", level=2)), "己"),
        row(cell(numbered(9, "庚")), "庚"),
    )
    (sheet,) = sheets_of(document(table, numbering=lists, styles=styles))
    assert [sheet.own(number, 1) for number in range(1, 8)] == ["1", "1.1", "1.2", "2", "2.1", "己", "庚"]


def test_a_document_of_the_strict_edition(units):
    data = document(TITLE + grid(row(*HEADINGS), row(*MEASURE)))
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).replace(WORD_NS.encode(), strict) for name in archive.namelist()}
    assert [task.id for task in tasks_of(units, packed(parts))] == ["1-1"]


def test_the_year_of_a_document_without_one(units):
    core = (
        '<cp:coreProperties xmlns:cp="a" xmlns:dcterms="b" xmlns:dc="c"><dc:title>分工表</dc:title>'
        "<dcterms:modified>2024-03-01T00:00:00Z</dcterms:modified></cp:coreProperties>"
    )
    properties = {
        "docProps/core.xml": core,
        "_rels/.rels": relations(("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")),
    }
    data = document(grid(row(*HEADINGS), row(*MEASURE)), properties=properties)
    plan = import_plan(data, "分工.docx", units).plan
    assert plan.year == 2024
    assert any("2024年" in warning for warning in plan.warnings)
