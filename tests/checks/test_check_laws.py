"""Laws of the checks that hold for any month, any figures and any words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.checks import Thresholds, check, explain
from desktop_app.checks.counting import believable, counts_pieces, in_whole_pieces
from desktop_app.checks.curves import as_texts, curves_from
from desktop_app.checks.likeness import nearly_the_same
from desktop_app.checks.private import contacts, private_numbers
from desktop_app.checks.support import names_another_month
from desktop_app.checks.words import classified_words
from desktop_app.errors import UsageError
from desktop_app.model.entry import NUMBER_FIELDS
from desktop_app.model.finding import Explanation, Severity
from desktop_app.model.period import Period
from tests.checks.conftest import WORDS, Month, amount
from tests.checks.test_check_run import contexts

D = Decimal
PERCENTS = st.decimals(0, 100, places=1)
TEXTS = st.text("完成排口治理8处，36。：新增ab ", min_size=1, max_size=40)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@st.composite
def curves(draw):
    """Twelve percents that never fall and end at 100."""
    return [*sorted(draw(st.lists(PERCENTS, min_size=11, max_size=11))), D(100)]


@st.composite
def identities(draw):
    """An identity number with a right check digit."""
    born = draw(st.dates(date(1930, 1, 1), date(2010, 12, 31)))
    body = f"{draw(st.integers(110101, 659001))}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


@given(contexts())
@settings(max_examples=60, deadline=None)
def test_in_what_order_a_month_is_kept_makes_no_difference(context):
    turned = replace(
        context,
        entries=dict(reversed(context.entries.items())),
        previous=dict(reversed(context.previous.items())),
        tasks=context.tasks[::-1],
        optional=context.optional[::-1],
    )
    assert check(turned) == check(context)


@given(contexts())
@settings(max_examples=80, deadline=None)
def test_what_is_said_to_be_missing_is_missing(context):
    for item in check(context).unchecked:
        assert item.lacks
        entry = context.entries[item.task]
        for name in item.lacks:
            if name in NUMBER_FIELDS:
                value = getattr(entry, name)
                assert value is None or not believable(value)
            elif name == "last_cumulative":
                before = context.previous.get(item.task)
                assert before is None or before.cumulative is None or not believable(before.cumulative)
            else:
                assert name in ("deadline", "earlier")


@given(contexts())
@settings(max_examples=60, deadline=None)
def test_every_warning_can_be_explained_and_nothing_else(context):
    found = check(context).findings
    written = [Explanation(each.task, each.code, "示例说明：冬季停工。", each.values) for each in found]
    for each in explain(found, written):
        assert bool(each.explanation) is (each.severity is Severity.WARNING)
        assert each.blocks is (each.severity is Severity.ERROR)


@given(PERCENTS, PERCENTS, curves(), st.sampled_from(["points", "ratio"]))
@settings(max_examples=60, deadline=None)
def test_who_has_done_more_never_lags_more(one, other, curve, measure):
    month = Month().on(amount(scope=None)).last(percent=None)
    month = month.replace(thresholds=Thresholds(lag_measure=measure), curve=tuple(curve))
    less, more = (month.with_(percent=percent).codes for percent in sorted((one, other)))
    grave = {"S402": 2, "S401": 1}
    assert max((grave.get(code, 0) for code in more), default=0) <= max(
        (grave.get(code, 0) for code in less), default=0
    )


@given(PERCENTS, curves())
@example(D(15), [D(0), D(0), D(25), *(D(100),) * 9])
@example(D("2.5"), [D(0), D(0), D("32.5"), *(D(100),) * 9])
@settings(max_examples=60, deadline=None)
def test_a_lag_is_what_the_bounds_say(percent, curve):
    month = Month().on(amount(scope=None)).last(percent=None).replace(curve=tuple(curve)).with_(percent=percent)
    lag = curve[2] - percent
    spoken = [code for code in month.codes if code in ("S401", "S402")]
    whole = in_whole_pieces(curve[2], amount(scope=None)) - percent
    assert spoken == (["S402"] if whole >= 30 else ["S401"] if whole >= 10 else [])
    assert not spoken or lag >= whole
    ratio = month.replace(thresholds=Thresholds(lag_measure="ratio"))
    due = in_whole_pieces(curve[2], amount(scope=None))
    spoken = [code for code in ratio.codes if code in ("S401", "S402")]
    assert spoken == (["S402"] if percent * 100 < due * 60 else ["S401"] if percent * 100 < due * 80 else [])


@given(curves())
def test_a_proper_curve_is_taken_and_comes_back(curve):
    assert as_texts(curves_from({"3-9": curve}, {"3-9"})) == as_texts({"3-9": tuple(curve)})


@given(curves(), st.integers(0, 11), st.sampled_from(["-0.1", "100.1", "NaN", "Infinity", "x", None, True, [1]]))
def test_a_spoilt_curve_is_refused(curve, place, wrong):
    with pytest.raises(UsageError, match="3-9"):
        curves_from({"3-9": [*curve[:place], wrong, *curve[place + 1 :]]}, {"3-9"})


@given(curves(), st.integers(1, 10))
def test_a_curve_that_falls_is_refused(curve, place):
    if curve[place - 1] > 0:
        curve[place] = curve[place - 1] - D("0.1")
        with pytest.raises(UsageError, match="还低"):
            curves_from({"3-9": curve}, {"3-9"})


@given(PERCENTS, st.integers(1, 120), st.sampled_from(["处", "个村", "公里", "万户"]))
def test_whole_pieces_are_whole_and_never_more(expected, value, unit):
    due = in_whole_pieces(expected, amount(str(value), unit=unit))
    assert due <= expected
    if counts_pieces(unit) and value < 100:
        pieces = due * value / 100
        assert abs(pieces - pieces.to_integral_value()) < D("1e-9")
        assert expected - due < D(100) / value
    else:
        assert due == expected


@given(st.builds(Thresholds, behind=st.decimals(1, 29, places=1), short_narrative=st.integers(0, 1000)))
def test_thresholds_come_back_from_their_texts(bounds):
    assert Thresholds.from_mapping(bounds.texts()) == bounds
    assert Thresholds.from_mapping(bounds.changed()) == bounds


@given(identities(), st.sampled_from(["身份证", "", "号：", "（"]), st.sampled_from(["。", "", "，", "）"]))
def test_an_identity_number_is_found_and_masked(number, before, after):
    (masked,) = private_numbers(before + number + after)
    assert masked == f"{number[:6]}{'*' * 8}{number[-4:]}"


@given(identities(), st.integers(0, 16), st.integers(1, 9))
def test_with_one_digit_wrong_it_is_none(number, place, more):
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert f"{wrong[:6]}********{wrong[-4:]}" not in private_numbers(wrong)


@given(
    st.integers(13000000000, 19999999999),
    st.sampled_from(["", "-", " ", ".", "·"]),
    st.sampled_from(["", "+86", "+86-"]),
)
def test_a_mobile_number_is_found_however_it_is_written(number, between, code):
    digits = str(number)
    written = code + between.join((digits[:3], digits[3:7], digits[7:]))
    assert private_numbers(f"电话{written}。") == (f"{digits[:3]}****{digits[-4:]}",)


@given(
    st.integers(2020, 2026),
    st.integers(1, 12),
    st.sampled_from(["{y}年{m}月台账.xlsx", "{y}{m:02d}照片.jpg", "{y}-{m:02d}.pdf"]),
)
def test_a_file_of_another_month_is_known_by_its_name(year, month, pattern):
    name = pattern.format(y=year, m=month)
    assert names_another_month(name, Period(2023, 3)) is ((year, month) != (2023, 3))


@given(TEXTS, TEXTS)
@settings(max_examples=150)
def test_likeness_is_mutual_and_new_figures_are_new(one, other):
    assert nearly_the_same(one, other) == nearly_the_same(other, one)
    assert not nearly_the_same(one, one)
    assert not nearly_the_same(WORDS + one, WORDS + one + "9")


@given(st.integers(0, 60))
def test_a_few_words_changed_are_noticed_anywhere(place):
    text = WORDS * 2
    assert nearly_the_same(text, text[:place] + "另外" + text[place:])


@given(st.dates(date(2023, 2, 1), date(2023, 12, 31)))
@example(date(2023, 3, 1))
@example(date(2023, 3, 31))
@example(date(2023, 4, 6))
def test_days_before_the_month_stop_the_signing(today):
    month = Month().replace(today=today)
    codes = {code for code in month.codes if code in ("P706", "L803", "L801")}
    assert codes == (
        {"P706", "L803"}
        if today < date(2023, 3, 1)
        else {"L803"}
        if today <= date(2023, 3, 31)
        else {"L801"}
        if today > date(2023, 4, 6)
        else set()
    )


@pytest.mark.parametrize(
    "text",
    [
        "详见绝密件",
        "机密电报一份",
        "机密级",
        "国家秘密",
        "密级：内部",
        "仅供内部参考",
        "不得对外公开",
        "内部资料",
        "秘密★一年",
    ],
)
def test_words_of_classified_documents(text):
    assert classified_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "与司机密切配合",
        "计算机密码已更换",
        "杜绝密闭空间作业",
        "杜绝密集施工",
        "电机密封改造",
        "保密性检查",
        "机密性评估",
        "加密级别调整",
        "精密件加工",
        "不涉及国家秘密",
        "商业秘密保护",
        "内部管理制度",
        "公开征求意见",
        "密切关注",
        "手机密码",
    ],
)
def test_words_that_only_look_like_them(text):
    assert not classified_words(text)


@pytest.mark.parametrize(
    "text", ["电话010-65091234", "（010）65091234", "0310 6509123", "请发 jubao@bjchy.gov.cn", "\uff41\uff20b.cn"]
)
def test_contacts(text):
    assert contacts(text)


@pytest.mark.parametrize(
    "text", ["12345热线", "京政办发〔2023〕4号", "0.0106509123万吨", "@所有人", "编号20230101001", "面积0123平方米"]
)
def test_what_is_no_contact(text):
    assert not contacts(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("卡号6222020200112233445", False),
        ("卡号6228480402564890018", True),
        ("卡号 6228 4804 0256 4890 018", True),
        ("统一社会信用代码11110000000021207X", False),
        ("订单4111111111111111", True),
        ("订单4111111111111112", False),
    ],
)
def test_bank_cards(text, found):
    assert bool(private_numbers(text)) is found
