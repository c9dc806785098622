"""For every rule a month in which it must speak and one, as like as can be, in which it must not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.model.correction import Remark
from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.period import Period
from desktop_app.model.plan import Change, Deadline, DeadlineKind, Direction, Indicator, Target, TargetKind
from desktop_app.model.report import DueDate, People
from tests.checks.conftest import UNIT, WORDS, Month, amount, ratio

D = Decimal
PHONE = "010-65090000"
M = Month()
COMMON = M.on(amount(scope=None)).last(percent=None)
NIL = Entry("3-9", nil=True, nil_reason="本月等待市级部门下发溯源技术方案，现场工作暂停。")
DONE = {"status": Status.DONE, "percent": D(100), "this_month": D(34), "cumulative": D(40), "next_steps": ""}
REMARK = Remark("3-9", "cumulative", "累计数与附件不符。")
REASON = "招标流标一次，正在重新组织。"
PM25 = Indicator(
    "6-1", 6, "1", "大气环境", "PM2.5年均浓度", "微克/立方米",
    (Target("PM2.5年均浓度", TargetKind.CEILING, Direction.AT_MOST, D(32), "微克/立方米", UNIT.code, "≤32"),),
)  # fmt: skip
LAND = Indicator(
    "6-6", 6, "6", "土壤", "受污染耕地安全利用率", "%",
    (Target("受污染耕地安全利用率", TargetKind.RATIO, Direction.AT_LEAST, D(95), "%", UNIT.code, "95以上"),),
)  # fmt: skip


def june(month: Month) -> Month:
    """Half the year gone."""
    due = DueDate(Period(2023, 6), date(2023, 7, 5), date(2023, 7, 4), True, "")
    return month.replace(period=Period(2023, 6), today=date(2023, 7, 3), due=due)


def file(name: str = "验收单.pdf", size: int = 1000, sha256: str = "0" * 64) -> Evidence:
    return Evidence("3-9", name, "application/pdf", size, sha256)


def ongoing(month: Month) -> Month:
    return month.on(ratio(), day=None).replace(before=None)


def revised(old: str = "40处", new: str = "60处", field: str = "targets") -> Month:
    return M.replace(changes=(Change("3-9", field, old, new, "3-9"),))


def asked(*questions: str) -> Month:
    return M.replace(the_task=replace(M.the_task, open_questions=questions))


def saying(text: str, indicator: Indicator = PM25, **fields: object) -> Month:
    return M.replace(indicators=(indicator,)).with_(narrative=WORDS + text, **fields)


def people(*words: str) -> Month:
    return M.replace(people=People(*words))


Case = Callable[[], Month]
# code: (speaks, keeps quiet)
CASES: dict[str, tuple[Case, Case]] = {
    "C101": (lambda: M.replace(entry=None), lambda: M.replace(entry=None, required=False)),
    "C102": (lambda: M.with_(status=None), lambda: M.replace(entry=NIL)),
    "C103": (lambda: M.with_(narrative=" \n"), lambda: M.with_(narrative="完成3处。")),
    "C104": (
        lambda: M.replace(entry=Entry("3-9", nil=True, nil_reason="暂无")),
        lambda: M.replace(entry=Entry("3-9", nil=True, nil_reason="无施工条件，汛后复工。")),
    ),
    "C105": (
        lambda: M.replace(entry=NIL).with_(this_month=D(1), cumulative=D(7)),
        lambda: M.replace(entry=NIL).with_(this_month=D(0), cumulative=D(6)),
    ),
    "C106": (lambda: M.with_(next_steps="无"), lambda: M.with_(**DONE)),
    "C107": (lambda: M.with_(percent=None), lambda: COMMON.with_(percent=None)),
    "F201": (
        lambda: M.with_(this_month=None, cumulative=None),
        lambda: M.with_(this_month=D(0), cumulative=D(0)),
    ),
    "F202": (lambda: M.with_(this_month=None), lambda: M.replace(entry=NIL).with_(cumulative=D(6))),
    "F203": (
        lambda: COMMON.with_(this_month=None, cumulative=None),
        lambda: COMMON.with_(this_month=None, cumulative=None, status=Status.PREPARING),
    ),
    "F204": (lambda: M.with_(this_month=D("-0.1")), lambda: M.with_(this_month=D("-0"), cumulative=D(6))),
    "F205": (lambda: M.with_(percent=D("1000.1")), lambda: M.with_(percent=D(1000))),
    "F206": (lambda: COMMON.with_(percent=D(101)), lambda: COMMON.with_(percent=D(100))),
    "F207": (lambda: M.with_(percent=D("26.1")), lambda: M.with_(percent=D(26))),
    "F208": (
        lambda: M.replace(before=None).with_(this_month=D(11)),
        lambda: M.replace(before=None).with_(this_month=D(10)),
    ),
    "F209": (lambda: M.with_(cumulative=D("1E+40")), lambda: M.with_(cumulative=D("1E+4"))),
    "F210": (lambda: M.with_(under_way=D(31)), lambda: M.with_(under_way=D(30))),
    "F211": (lambda: M.with_(**DONE, under_way=D(1)), lambda: M.with_(**DONE, under_way=D(0))),
    "F212": (
        lambda: M.on(ratio()).with_(this_month=None, cumulative=None, under_way=D(3)),
        lambda: M.on(ratio()).with_(this_month=D(0), cumulative=D(0), under_way=D(3)),
    ),
    "F213": (
        lambda: M.with_(under_way=D("2.5")),
        lambda: M.on(amount("40", unit="万户")).with_(under_way=D("2.5")),
    ),
    "F214": (
        lambda: M.on(amount("40", unit="公里")).with_(this_month=D("4.001")),
        lambda: M.on(amount("40.25", unit="公里")).with_(this_month=D("4.001")),
    ),
    "F215": (
        lambda: M.with_(cumulative=D(401), percent=None),
        lambda: M.with_(cumulative=D(400), percent=None),
    ),
    "K301": (lambda: M.last(cumulative=D(11)), lambda: M.last(cumulative=D(10))),
    "K302": (lambda: M.with_(this_month=D(3)), lambda: M.with_(this_month=D("4.0"))),
    "K303": (lambda: M.last(status=Status.DONE), lambda: M.last(status=Status.ONGOING)),
    "K304": (
        lambda: M.last(narrative=WORDS.replace("，", " , ")),
        lambda: M.last(narrative=WORDS.replace("8处", "9处")),
    ),
    "K305": (lambda: M.last(percent=D("25.1")), lambda: M.last(percent=D("25.0"))),
    "K306": (
        lambda: M.last(narrative=WORDS.replace("均", "").replace("通过验收", "顺利验收")),
        lambda: M.last(narrative=WORDS.replace("8处", "7处").replace("通过验收", "顺利验收")),
    ),
    "K307": (
        lambda: M.last(next_steps="3月底前对小月河沿线商户逐户开展普法宣讲。"),
        lambda: M.last(next_steps="4月底前对小月河沿线商户逐户开展普法宣讲。"),
    ),
    "K308": (
        lambda: M.last(problems=REASON).with_(problems=REASON).replace(earlier=Entry("3-9", problems=REASON + " ")),
        lambda: M.last(problems=REASON).with_(problems=REASON).replace(earlier=Entry("3-9", problems="手续未批。")),
    ),
    "K309": (
        lambda: M.last(coordination="请市水务局协调清河流域排口的产权单位。"),
        lambda: M.last(coordination="请市水务局协调清河流域排口的产权单位。").with_(
            narrative=WORDS + "清河流域排口的产权单位已经明确。"
        ),
    ),
    "K310": (lambda: M.replace(remarks=(REMARK,)), lambda: M.replace(remarks=(replace(REMARK, task="3-8"),))),
    "S401": (lambda: COMMON.with_(percent=D(15)), lambda: COMMON.with_(percent=D("15.1"))),
    "S402": (lambda: june(COMMON).with_(percent=D(20)), lambda: june(COMMON).with_(percent=D("20.1"))),
    "S403": (
        lambda: COMMON.with_(percent=D(15), problems=REASON),
        lambda: COMMON.with_(percent=D("15.1"), problems=REASON),
    ),
    "S404": (
        lambda: june(COMMON).with_(percent=D(20), problems=REASON),
        lambda: june(COMMON).with_(percent=D("20.1"), problems=REASON),
    ),
    "S405": (
        lambda: COMMON.with_(status=Status.BEHIND),
        lambda: COMMON.with_(status=Status.BEHIND, problems=REASON),
    ),
    "S406": (
        lambda: M.on(ratio(), day=date(2023, 3, 31)),
        lambda: M.on(ratio(), day=date(2023, 4, 1)),
    ),
    "S407": (
        lambda: COMMON.with_(status=Status.DONE, percent=D("99.9")),
        lambda: COMMON.with_(status=Status.DONE, percent=D(100)),
    ),
    "S408": (
        lambda: M.on(ratio(), day=date(2023, 4, 30)),
        lambda: M.on(ratio(), day=date(2023, 5, 1)),
    ),
    "S409": (
        lambda: COMMON.with_(status=Status.NOT_STARTED),
        lambda: COMMON.with_(status=Status.NOT_STARTED, this_month=D(0), cumulative=D(0), percent=D(0)),
    ),
    "S410": (lambda: ongoing(M).replace(entry=NIL), lambda: M.on(ratio()).replace(entry=NIL)),
    "S411": (
        lambda: ongoing(M).with_(status=Status.DONE, percent=D(100)),
        lambda: ongoing(M).with_(status=Status.ONGOING, percent=D(100)),
    ),
    "S412": (
        lambda: june(M.on(ratio())).with_(status=Status.PREPARING, percent=None, this_month=None, cumulative=None),
        lambda: M.on(ratio()).with_(status=Status.PREPARING, percent=None, this_month=None, cumulative=None),
    ),
    "S413": (
        lambda: COMMON.with_(status=Status.BEHIND, problems=REASON, percent=D("25.1")),
        lambda: COMMON.with_(status=Status.BEHIND, problems=REASON, percent=D(25)),
    ),
    "T501": (lambda: M.with_(narrative="待补充"), lambda: M.with_(narrative="待补充材料的3处已补充。")),
    "T502": (lambda: M.with_(narrative=WORDS + "涉及XX街道。"), lambda: M.with_(narrative=WORDS + "拆除X光机1台。")),
    "T503": (
        lambda: M.replace(missing_glyphs="𠮷").with_(narrative=WORDS + "𠮷"),
        lambda: M.replace(missing_glyphs="𠮷").with_(narrative=WORDS + "吉"),
    ),
    "T504": (lambda: M.with_(next_steps="4月底\u202e前完成。"), lambda: M.with_(next_steps="4月底\u3000前完成。")),
    "T505": (
        lambda: COMMON.with_(percent=D(10), narrative="正在推进。"),
        lambda: COMMON.with_(percent=D(25), narrative="正在推进。"),
    ),
    "T506": (
        lambda: M.replace(evidence=(file("王某13812345678的证明.pdf"),)),
        lambda: M.replace(evidence=(file("12345热线工单.pdf"),)),
    ),
    "T507": (
        lambda: M.with_(problems="详见机密文件。"),
        lambda: M.with_(problems="驾驶员与司机密切配合，杜绝密闭作业。"),
    ),
    "T508": (
        lambda: M.with_(narrative=WORDS + "监督电话：010-65091234。"),
        lambda: M.with_(narrative=WORDS + "拨打12345热线反映。"),
    ),
    "E601": (
        lambda: COMMON.with_(status=Status.DONE, percent=None, this_month=None, cumulative=None),
        lambda: COMMON.with_(status=Status.DONE, percent=None, this_month=None, cumulative=None).replace(
            evidence=(file(),)
        ),
    ),
    "E602": (lambda: M.on(amount(), key=True).with_(**DONE), lambda: M.on(amount()).with_(**DONE)),
    "E603": (
        lambda: M.replace(evidence=(file(),), elsewhere=(replace(file("照片.pdf"), task_id="9-9"),)),
        lambda: M.replace(evidence=(file(),), elsewhere=(replace(file(sha256="1" * 64), task_id="9-9"),)),
    ),
    "E604": (
        lambda: M.replace(evidence=(file("2023年2月验收单.pdf"),)),
        lambda: M.replace(evidence=(file("2023年1—3月验收单.pdf"),)),
    ),
    "E605": (
        lambda: M.replace(evidence=(file(size=10 * 1024 * 1024 + 1),)),
        lambda: M.replace(evidence=(file(size=10 * 1024 * 1024),)),
    ),
    "P701": (lambda: people("李四", "", "待定", PHONE), lambda: people("李四", "", "张三", PHONE)),
    "P702": (lambda: people("张三", "", "张 三", PHONE), lambda: people("张三", "", "张三丰", PHONE)),
    "P703": (lambda: people("李\u200b四", "", "张三", PHONE), lambda: people("李 四", "", "张三", PHONE)),
    "P704": (
        lambda: people("李四", "", "张三", "6509"),
        lambda: people("李四", "", "张三", "65090000转123、13800000000"),
    ),
    "P705": (lambda: people("李四", "李四", "张三", PHONE), lambda: people("李四", "李四光", "张三", PHONE)),
    "P706": (lambda: M.replace(today=date(2023, 2, 28)), lambda: M.replace(today=date(2023, 3, 1))),
    "P707": (lambda: M.replace(as_of=date(2023, 4, 1)), lambda: M.replace(as_of=date(2023, 3, 31))),
    "P708": (lambda: M.replace(remarks=(replace(REMARK, task="report"),)), lambda: M.replace(remarks=(REMARK,))),
    "L801": (lambda: M.replace(today=date(2023, 4, 7)), lambda: M.replace(today=date(2023, 4, 6))),
    "L802": (
        lambda: M.replace(due=replace(M.due, certain=False)),
        lambda: M.replace(due=replace(M.due, certain=True)),
    ),
    "L803": (lambda: M.replace(today=date(2023, 3, 31)), lambda: M.replace(today=date(2023, 4, 1))),
    "L804": (
        lambda: M.replace(entry=None, cutoff=date(2023, 3, 25)),
        lambda: M.replace(cutoff=date(2023, 3, 25)),
    ),
    "J901": (lambda: revised(), lambda: revised().with_(narrative=WORDS + "按60处的新任务量重新排了工期。")),
    "J902": (
        lambda: M.replace(required=False).with_(status=None),
        lambda: M.replace(required=False),
    ),
    "J903": (lambda: asked("3-9-deadline"), lambda: asked()),
    "J904": (
        lambda: saying("1—3月PM₂.₅累计浓度41微克/立方米。"),
        lambda: saying("1—3月PM₂.₅累计浓度32微克/立方米，PM10浓度71微克/立方米。"),
    ),
}
DEADLINES = {
    kind: Deadline("某时", kind, None) for kind in (DeadlineKind.EVENT, DeadlineKind.UNKNOWN, DeadlineKind.STAGED)
}
