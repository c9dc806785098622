"""The structure tree: everything that is said has an element, in reading order; furniture and repetitions have none."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest

from desktop_app.model.period import Period
from desktop_app.model.receipt import Receipt
from desktop_app.rendering import Edition, render_receipt, render_report
from desktop_app.rendering.pdfa import to_pdfa3
from tests.rendering.geometry import pieces, read_aloud

CODE = "3F2A-9C01-77AB-0D4E"


def finished(pdf):
    words = {"title": "题", "author": "者", "subject": "", "keywords": ""}
    return to_pdfa3(pdf, (), created=datetime(2023, 4, 3, tzinfo=UTC), **words)


def test_headings_paragraphs_and_cells_are_told_apart(report):
    said = read_aloud(render_report(report, CODE).pdf)
    assert ("H1", "关于报送《北京市深入打好污染防治攻坚战2023年行动计划》2023年3月工作进展情况的报告") in said
    assert [text for kind, text in said if kind == "H2"] == [
        "一、总体情况", "二、存在问题和需协调事项", "三、有关说明", "各区生态环境保护有关指标",
        "校验提示与情况说明", "佐证材料清单", "签　署",
    ]  # fmt: skip
    for entry in report.entries:
        assert not entry.narrative or ("TD", entry.narrative) in said
    assert ("TH", "完成时限") in said
    assert said.index(("P", "市生态环境局：")) < said.index(("TD", report.entries[0].narrative))


def test_what_every_page_repeats_is_not_read_out(report):
    pdf = render_report(report, CODE, draft=True).pdf
    said = "".join(text for _kind, text in read_aloud(pdf))
    assert "草稿，不得报送" not in said
    assert "校验码 3F2A" not in said
    assert [text for _kind, text in read_aloud(pdf)].count("进展状态") == 2  # once an annex, not once a page
    silent = [piece.text for piece in pieces(pdf) if piece.mark is None]
    assert any("草稿" in text for text in silent)
    assert any(text == "— 1 —" for text in silent)


@pytest.mark.parametrize("edition", [Edition.FULL, Edition.PUBLIC, Edition.BLANK])
def test_the_tree_holds_together(report, edition):
    long = replace(report.entries[0], narrative="一段话分在几页上，仍是一个单元格。" * 200)
    report = replace(report, entries=(long, *report.entries[1:]))
    with pikepdf.open(io.BytesIO(finished(render_report(report, CODE, edition=edition).pdf))) as pdf:
        root = pdf.Root.StructTreeRoot
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "zh-CN"
        parents = dict(zip(list(root.ParentTree.Nums)[::2], list(root.ParentTree.Nums)[1::2], strict=True))
        assert [int(page.obj.StructParents) for page in pdf.pages] == sorted(parents)
        waiting, seen = [(root.K, root)], 0
        while waiting:
            element, above = waiting.pop()
            seen += 1
            assert element.P.objgen == above.objgen
            assert element.S == "/Figure" or "/Alt" not in element
            kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
            assert element.S != "/TR" or {str(kid.S) for kid in kids} <= {"/TD", "/TH"}
            for kid in kids:
                if isinstance(kid, int) or "/MCID" in kid:
                    number, page = (kid, element.Pg) if isinstance(kid, int) else (int(kid.MCID), kid.Pg)
                    assert parents[int(page.StructParents)][number].objgen == element.objgen
                else:
                    waiting.append((kid, element))
        assert seen > 100


def test_another_reader_reads_the_same(tmp_path):
    receipt = Receipt("110105", "北京市朝阳区人民政府", Period(2023, 3), 2, "ab" * 32,
                      "cd" * 32, CODE, datetime(2023, 4, 4, 9, 5, tzinfo=UTC), date(2023, 4, 6), on_time=True,
                      bureau="北京市生态环境局")  # fmt: skip
    (tmp_path / "r.pdf").write_bytes(finished(render_receipt(receipt, CODE).pdf))
    told = subprocess.run(["pdfinfo", "-struct-text", str(tmp_path / "r.pdf")], check=True, capture_output=True)
    lines = [line.strip() for line in told.stdout.decode("utf-8").splitlines()]
    assert lines[lines.index("H1 (block)") + 1] == '"报送回执"'
    assert '"北京市朝阳区人民政府（110105）"' in lines
