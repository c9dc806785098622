"""The printed report: complete, extractable, the same twice, and only with what its edition may show."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from desktop_app.errors import ClerkError
from desktop_app.model.entry import TEXT_FIELDS
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import Role
from desktop_app.rendering import Edition, render_receipt, render_report

CODE = "3F2A-9C01-77AB-0D4E"


def squashed(text):
    return "".join(text.split())


def with_text(report, field, text, place=0):
    entries = list(report.entries)
    entries[place] = replace(entries[place], **{field: text})
    return replace(report, entries=tuple(entries))


@pytest.mark.parametrize("options", [(), ("-raw",)])
def test_every_text_is_found_whole(report, extracted, options):
    found = extracted(render_report(report, CODE).pdf, *options)
    for entry in report.entries:
        for field in TEXT_FIELDS:
            assert squashed(getattr(entry, field)) in found
    for item in report.tasks:
        assert item.task.measure in found


def test_a_text_of_ten_thousand_characters_is_printed_whole(report, extracted):
    long = "".join(f"第{number}段：酒仙桥、望京两个街道发函，完成核查11家。" for number in range(400))[:10_000]
    made = render_report(with_text(report, "narrative", long), CODE)
    found = extracted(made.pdf, "-raw")
    pieces = [long[start : start + 12] for start in range(0, len(long), 12)]
    assert sum(piece not in found for piece in pieces) <= 4 * made.pages  # only those cut by the end of a page
    assert made.pages > 6


def test_markup_is_text(report, extracted):
    text = "若A<B且C>D，则<b>不</b>&amp;是标记</font>{page}"
    assert text in extracted(render_report(with_text(report, "narrative", text), CODE).pdf)


def test_a_character_without_glyph_is_refused_by_task_and_field(report):
    with pytest.raises(ClerkError, match=r"任务 1-3.*存在问题（原因）.*「😀」（U\+1F600）、U\+0007"):
        render_report(with_text(report, "problems", "已😀完\x07成", 2), CODE)


@pytest.mark.parametrize("change", [
    lambda r: replace(r, people=replace(r.people, preparer="王😀")),
    lambda r: replace(r, reason="😀"),
    lambda r: replace(r, findings=(replace(r.findings[0], explanation="😀"),)),
    lambda r: replace(r, evidence=(replace(r.evidence[0], name="😀.pdf"),)),
    lambda r: replace(r, tasks=(replace(r.tasks[0], annex_title="😀"),)),
    lambda r: replace(r, plan=replace(r.plan, title="😀")),
])  # fmt: skip
def test_whatever_is_printed_is_looked_at_first(report, change):
    with pytest.raises(ClerkError, match="报告没有生成"):
        render_report(change(report), CODE)


def test_every_page_says_what_it_is(report, extracted):
    made = render_report(report, CODE)
    for number in range(1, made.pages + 1):
        found = extracted(made.pdf, "-f", str(number), "-l", str(number))
        for said in ("北京市朝阳区人民政府", "2023年3月", "第2版", f"第{number}页共{made.pages}页", f"校验码{CODE}",
                     "示例任务集（非官方文本）", f"—{number}—"):  # fmt: skip
            assert said in found


def test_the_letter_tells_estimate_revision_and_nil_reports(report, extracted):
    found = extracted(render_report(report, CODE).pdf)
    for said in ("市生态环境局：", "2023年4月6日（当年放假安排未发布，系估计）", "第2版，更正说明：更正累计完成量",
                 "零报告1项", "本月无新增进展（零报告）。原因：采暖季按计划不安排施工。", "JD-03", "受冬季施工限制。",
                 "联系电话：010-65090000", "本次报送任务12项（主责10项，牵头或协办2项）", "1.8万平方米",
                 "≤34"):  # fmt: skip
        assert said in found


def test_an_undefined_rate_is_a_dash(report, extracted):
    found = extracted(render_report(report, CODE).pdf, "-raw")
    assert "长期坚持———工作措施" in found
    assert "0%" not in found.replace("10.6%", "")


def test_the_public_edition_leaves_out_what_is_internal_and_says_so(report, extracted):
    found = extracted(render_report(report, CODE, edition=Edition.PUBLIC).pdf)
    assert "公开版：不含存在问题" in found
    for hidden in ("改造意愿不强", "请协调资金", "010-65090000", "受冬季施工限制", "JD-03", "序时进度"):
        assert hidden not in found
    assert squashed(report.entries[0].narrative) in found


def test_a_draft_is_marked_on_every_page_and_still_reads(report, extracted):
    plain, draft = (render_report(report, CODE, draft=draft) for draft in (False, True))
    assert extracted(draft.pdf).count("草稿，不得报送") == draft.pages
    assert "草稿" not in extracted(plain.pdf)
    for entry in report.entries:
        assert squashed(entry.narrative) in extracted(draft.pdf)


def test_only_embedded_fonts(report, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(render_report(report, CODE, draft=True).pdf)
    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert len(listed) == 4
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in listed)


def test_same_report_same_bytes(report):
    assert render_report(report, CODE).pdf == render_report(report, CODE).pdf
    assert render_report(report, CODE).pdf != render_report(report, "0000-0000-0000-0000").pdf


def test_same_bytes_in_another_process(tmp_path):
    program = (
        "import hashlib, sys; from datetime import date, datetime, timezone\n"
        "from desktop_app.model.receipt import Receipt; from desktop_app.model.period import Period\n"
        "from desktop_app.rendering import render_receipt\n"
        "r = Receipt('110105', '朝阳区', Period(2023, 3), 1, 'a'*64, 'b'*64, 'X', datetime(2023, 4, 3,"
        " tzinfo=timezone.utc), date(2023, 4, 6), True, '市生态环境局')\n"
        "print(hashlib.sha256(render_receipt(r, 'C').pdf).hexdigest())"
    )
    seen = {
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1


def test_the_outline_and_the_file_name_the_report(report, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(render_report(report, CODE).pdf)
    import pikepdf

    with pikepdf.open(path) as pdf:
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root] == [
                "报告", "任务进展情况表", "各区生态环境保护有关指标", "校验提示与情况说明", "佐证材料清单", "签署",
            ]  # fmt: skip
            assert len(outline.root[1].children) == 2
        assert str(pdf.docinfo["/Author"]) == "北京市朝阳区人民政府"
        assert "2023年3月工作进展情况的报告" in str(pdf.docinfo["/Title"])
        assert str(pdf.Root.Lang) == "zh-CN"


def test_a_receipt_names_the_exact_bytes(report, extracted):
    at = datetime(2023, 4, 4, 9, 5, tzinfo=timezone(timedelta(hours=8)))
    receipt = Receipt("110105", report.unit.name, report.period, 2, "ab" * 32, "cd" * 32, CODE, at, date(2023, 4, 6),
                      on_time=False, bureau="北京市生态环境局")  # fmt: skip
    made = render_receipt(receipt, "AAAA-BBBB-CCCC-DDDD")
    found = extracted(made.pdf, "-raw")
    for said in ("ab" * 32, "cd" * 32, CODE, "2023年4月4日9时05分", "逾期", "校验码AAAA-BBBB-CCCC-DDDD"):
        assert said in found
    assert made.pages == 1
    assert set(made.boxes) == {Role.APPROVER}


def test_paper_says_how_the_deadline_is_read(report, extracted):
    strict = replace(report, due=replace(report.due, inclusive=False))
    found = extracted(render_report(strict, CODE).pdf)
    assert "应于此前报送，最迟2023年4月4日" in found
    assert "宜于" not in found
    assert "宜于2023年4月4日前报送" in extracted(render_report(report, CODE).pdf)
