"""Full, public, blank, single task, handover slip: what each shows and what it does not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.model.differences import differences
from desktop_app.model.entry import Status
from desktop_app.model.handover import Handover
from desktop_app.model.period import Period
from desktop_app.rendering import Edition, render_report, render_slip
from desktop_app.rendering.editions import INTERNAL, Shown
from tests.rendering.conftest import UNIT, squashed

CODE = "3F2A-9C01-77AB-0D4E"
HANDOVER = Handover(
    UNIT, Period(2023, 3), 2, 34, 2, "朝阳区_2023-03_第2版_3F2A-9C01-77AB-0D4E.pdf", 617736, "ab" * 32, "cd" * 32, CODE,
    "优盘 红-07", date(2023, 4, 4), "王喆", sample=True,
)  # fmt: skip


@pytest.fixture
def before(report):
    """The first revision: one figure, one text and one file were different, one task was not there."""
    first = replace(report.entries[0], cumulative=Decimal("5.8"), narrative="旧的进展说明。")
    return replace(
        report, revision=1, reason="", entries=(first, *report.entries[1:]), tasks=report.tasks[:-1],
        evidence=(replace(report.evidence[0], name="旧照片.pdf", sha256="f" * 64),),
    )  # fmt: skip


def test_the_public_edition_leaves_out_everything_that_is_internal(report, before, extracted):
    found = extracted(render_report(report, CODE, edition=Edition.PUBLIC, before=before).pdf)
    for name in INTERNAL.values():
        assert name in found  # it says so
    hidden = ["010-65090000", "联系人：王喆", "JD-03", "受冬季施工限制", "现场照片", "0123456789abcdef", "旧的进展说明"]
    hidden += [text for entry in report.entries for text in (entry.problems, entry.coordination) if text]
    for text in hidden:
        assert squashed(text) not in found
    assert "公开版" in found
    assert squashed(report.entries[0].narrative) in found


def test_nothing_is_internal_that_nobody_asks_about():
    with pytest.raises(KeyError):
        assert "telephone" in Shown()
    assert all(part in Shown() and part not in Shown.by(Edition.PUBLIC) for part in INTERNAL)


def test_the_blank_form_has_every_task_and_nobodys_words(report, extracted):
    made = render_report(report, CODE, edition=Edition.BLANK, draft=True)
    found = extracted(made.pdf, "-raw")
    for item in report.tasks:
        assert squashed(item.task.measure) in found
    for entry in report.entries:
        assert not entry.narrative or squashed(entry.narrative) not in found
    for word in ("010-65090000", "王喆", "草稿", "校验码", "受冬季施工限制", "未填报", "正常推进"):
        assert word not in found
    assert found.count("空白表") == made.pages
    assert found.count("需市级协调事项") >= len(report.tasks)


def test_a_single_task_sheet_has_that_task_and_no_other(report, extracted):
    found = extracted(render_report(report, CODE, edition=Edition.TASK, task_id="1-2").pdf)
    entry = report.entry("1-2")
    for said in (entry.narrative, entry.problems, entry.coordination, "JD-03", "受冬季施工限制", "王喆", "10.6%"):
        assert squashed(said) in found
    assert squashed(report.entry("1-3").problems) not in found
    assert "现场照片" in extracted(render_report(report, CODE, edition=Edition.TASK, task_id="1-1").pdf)


def test_a_correction_shows_what_changed(report, before, extracted):
    changed = differences(before, report)
    assert [(one.task_id, one.field, one.before, one.after) for one in changed] == [
        ("1-1", "cumulative", "5.8", "3.8"),
        ("1-1", "narrative", "旧的进展说明。", report.entries[0].narrative),
        ("1-1", "evidence", "旧照片.pdf", "现场照片.pdf"),
        ("2-6", "task", "", "重点任务6"),
    ]
    found = extracted(render_report(report, CODE, before=before).pdf, "-raw")
    for said in ("与上一版的差异", "第1版", "5.8", "旧的进展说明。", "旧照片.pdf"):
        assert said in found
    assert "旧的进展说明" not in extracted(render_report(report, CODE).pdf)


def test_a_correction_that_changes_nothing_says_so(report, extracted):
    same = replace(report, revision=1)
    assert differences(same, report) == ()
    assert "各项填报内容与第1版相同" in extracted(render_report(report, CODE, before=same).pdf)


def test_a_dropped_task_and_a_changed_status_are_named(report):
    entries = (replace(report.entries[0], status=Status.DONE, nil=True), *report.entries[1:])
    found = differences(report, replace(report, tasks=report.tasks[1:], entries=entries))
    assert [(one.task_id, one.field, one.before, one.after) for one in found] == [
        ("1-1", "task", "重点任务1", ""), ("1-1", "status", "正常推进", "已完成"), ("1-1", "nil", "否", "是"),
    ]  # fmt: skip


def test_the_slip_names_the_exact_file_on_one_page(extracted):
    made = render_slip(HANDOVER)
    found = extracted(made.pdf, "-raw")
    assert made.pages == 1
    told = (
        HANDOVER.name,
        "617736字节",
        "ab" * 32,
        "cd" * 32,
        f"校验码{CODE}",
        "优盘红-07",
        "2023年4月4日",
        "移交人",
        "接收人",
    )
    for said in (*told, "34页，2个数字签名", "示例任务集（非官方文本）"):
        assert said in found
    longest = replace(HANDOVER, name="很长的单位名称" * 5 + f"_2023-03_第12版_{CODE}.pdf", place="/很长的文件夹名" * 8)
    assert render_slip(longest).pages == 1


def test_the_summary_counts_and_its_chart_speaks(report, tmp_path):
    import pikepdf

    (tmp_path / "r.pdf").write_bytes(render_report(report, CODE).pdf)
    with pikepdf.open(tmp_path / "r.pdf") as pdf:
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert any("条形图" in alt and "按期推进6项" in alt for alt in alts)
    assert any("二维码" in alt for alt in alts)
