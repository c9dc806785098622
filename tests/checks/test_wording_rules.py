"""T5: what is written says something, can be printed, and may be shown."""

import sys
import unicodedata
from decimal import Decimal

import pytest

from desktop_app.checks.characters import hidden_characters
from desktop_app.checks.private import private_numbers
from desktop_app.checks.words import is_placeholder, says_nothing
from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.finding import Severity

PLACEHOLDERS = [
    *("待填", "同上", "XXX", "xx", "……", "略", "（略）", "暂无内容", "测试", "未填", "TODO", "请填写", "/", "／"),
    *("…" * 70, "无", "-", "？？？", "11111", "1.5", "啊啊啊", "待 补 充", "\uff34ODO", "本月无新增进展。", "详见附件"),
]
TEXTS = [
    *(
        "同上月相比新增3处。",
        "略有进展，完成1处。",
        "测试设备2台已到货。",
        "待填埋场验收后销号。",
        "无人机巡查12架次。",
    ),
    *("完成8处。", "无组织排放整治完成3家。", "空气监测站点更换滤膜。"),
]


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_placeholder_for_a_narrative(month, text):
    found = month.with_(narrative=text).finding("T501")
    assert (found.severity, found.field) == (Severity.ERROR, "narrative")


@pytest.mark.parametrize("text", TEXTS)
def test_texts_that_only_look_like_placeholders(month, text):
    assert month.with_(narrative=text).codes == []


def test_a_blank_text_is_missing_and_no_placeholder():
    assert not is_placeholder(" 　\n")
    assert says_nothing(" 　\n")


def test_placeholder_for_the_reason_of_a_nil_report(month):
    assert month.replace(entry=Entry("3-9", nil=True, nil_reason="同上")).codes == ["T501"]
    assert month.replace(entry=Entry("3-9", nil=True, nil_reason="图纸未批。", narrative="无")).codes == []


@pytest.mark.parametrize(
    "piece", ["XX街道", "（待填）", "完成（  ）处", "【】", "TODO", "____处", "××路", "请填写数量"]
)
def test_pieces_of_a_template(month, make, piece):
    assert month.with_(narrative=make.words + piece).finding("T502").severity is Severity.WARNING
    assert month.with_(next_steps="下月" + piece).finding("T502").field == "next_steps"


@pytest.mark.parametrize("piece", ["3桶×20千克", "XXL型设备", "A4XX", "正在填写问卷", "（3处）", "等等……", "SO₂、NO₂"])
def test_texts_that_only_look_like_templates(month, make, piece):
    assert "T502" not in month.with_(narrative=make.words + piece).codes


def test_a_placeholder_is_said_once_and_file_names_may_hold_traces(month):
    assert month.with_(narrative="待填").codes == ["T501"]
    item = Evidence("3-9", "验收单（）TODO.pdf", "application/pdf", 1, "0" * 64)
    assert month.replace(evidence=(item,)).codes == []


def test_characters_without_a_glyph_are_named_and_never_repeated(month, make):
    odd = month.replace(missing_glyphs="𪚥𠮷").with_(narrative=make.words + "𠮷𪚥𠮷", problems="𪚥")
    found = odd.finding("T503")
    assert (found.severity, found.field) == (Severity.ERROR, "narrative")
    assert found.values == (("narrative", "U+20BB7、U+2A6A5"), ("problems", "U+2A6A5"))
    assert "U+2A6A5" in found.message
    assert not {"𠮷", "𪚥"} & set(found.message)
    assert month.with_(narrative=make.words + "𠮷").codes == []


def test_quoted_text_is_made_printable(month):
    found = month.replace(missing_glyphs="𠮷").with_(narrative="𠮷𠮷").finding("T501")
    assert "𠮷" not in found.message
    assert "U+20BB7" in found.message


def test_names_of_evidence_files_are_texts_too(month):
    item = Evidence("3-9", "验收\u202efdp.exe", "application/pdf", 1, "0" * 64)
    found = month.replace(evidence=(item,)).finding("T504")
    assert found.field == "evidence"
    assert "U+202E（文字方向反转符）" in found.message


@pytest.mark.parametrize(
    "sign", ["\u200b", "\ufeff", "\u202e", "\x00", "\x0c", "\u2028", "\u3164", "\ue000", "\U000e0041"]
)
def test_hidden_characters(month, make, sign):
    odd = month.replace(missing_glyphs=sign).with_(narrative=make.words + sign)
    assert odd.codes == ["T504"]
    assert f"U+{ord(sign):04X}" in odd.finding("T504").message
    assert sign not in odd.finding("T504").message


def test_a_lone_surrogate_does_not_break_the_checks(month, make):
    assert month.with_(narrative=make.words + "\ud800").codes == ["T504"]


@pytest.mark.parametrize("sign", ["\n", "\t", "\u3000", "\r\n", "PM₂.₅", "㎡", "\u00a0", "漷喆堃镕", "😀"])
def test_blanks_and_rare_signs_are_not_hidden(month, make, sign):
    assert month.with_(narrative=make.words + sign + "。").codes == []


def test_every_invisible_category_is_known():
    for point in range(sys.maxunicode + 1):
        sign = chr(point)
        if sign not in "\t\n\r" and unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"):
            assert hidden_characters(f"字{sign}字") == sign
        elif "\u4e00" <= sign <= "\u9fff":
            assert hidden_characters(sign) == ""


def test_short_words_about_a_task_that_is_behind(month, make):
    behind = month.on(make.amount(scope=None)).with_(percent=Decimal(10), problems="冻土未化。")
    assert behind.with_(narrative="完成3处。").finding("T505").severity is Severity.WARNING
    assert "T505" in behind.with_(narrative="完成3处。", percent=Decimal(15)).codes
    assert "T505" not in behind.codes
    assert "T505" not in behind.with_(narrative="").codes
    assert "T505" not in behind.with_(narrative="完成3处。", nil=True, nil_reason="冻土未化。").codes
    assert "T505" not in month.with_(narrative="完成3处。").codes
    assert "T505" in month.with_(narrative="完成3处。", status=Status.BEHIND).codes
    assert "T505" not in behind.with_(narrative="完" * 39 + "成").codes


def test_private_numbers_are_masked(month, make):
    found = month.with_(narrative=make.words + "联系人13812345678，证件11010519491231002X。").finding("T506")
    assert found.severity is Severity.WARNING
    assert "138****5678" in found.message
    assert "110105********002X" in found.message
    assert "13812345678" not in found.message + str(found.values)


@pytest.mark.parametrize(
    "text",
    ["１３８１２３４５６７８", "手机:13812345678.", "138-1234-5678", "138 1234 5678", "身份证11010519491231002x"],
)
def test_private_numbers_in_any_writing(text):
    assert private_numbers(text)


@pytest.mark.parametrize(
    "text",
    ["110105194912310021", "合同13812345678901号", "12812345678", "010-65090000", "13812345678.5万元", "0.13812345678"],
)
def test_numbers_that_are_not_private(text):
    assert not private_numbers(text)


@pytest.mark.parametrize("text", ["绝密", "机密★三年", "秘密★1年", "内部文件，不得外传", "不得公开"])
def test_classified_words(month, make, text):
    assert month.with_(narrative=make.words + text).finding("T507").severity is Severity.WARNING


@pytest.mark.parametrize("text", ["商业秘密保护", "机密性等级", "不涉密", "公开信息"])
def test_words_that_are_not_classified(month, make, text):
    assert "T507" not in month.with_(narrative=make.words + text).codes
