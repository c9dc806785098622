"""What can be typed about a whole year: its ledgers and what they list, where it leads, what is to be said of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.cli.later import Later
from desktop_app.language import _

archiving, disclosing, ledgers = Later("archiving"), Later("disclosing"), Later("ledgers")
turning = Later("year_change")
outlook, summaries = Later("outlook"), Later("summaries")
_KINDS = "explaining|publicity|exposure|disclosure"


def yearly_commands(add: Callable[..., Any], group: Callable[..., Any], day: Callable[[str], date]) -> None:
    """What is typed about a year; `day` reads a date."""
    _reading(add)
    _archive(add)
    _items(add, group("item", _("挂账的问题和需协调事项")), day)
    _change(add)
    _public(add, group("activity", _("宣传与信息公开")), group("public", _("公开版")), day)


def _change(add: Callable[..., Any]) -> None:
    made = add("close-year", turning.close, _("结束一年：看还有什么没有办完，办完的记下"))
    made.add_argument("year", type=int)
    made.add_argument("--reason", default="", metavar="TEXT", help=_("没有办完也结束的原因"))
    made.add_argument("--preview", action="store_true", help=_("只看还有什么没有办完"))
    made.add_argument("--undo", action="store_true", help=_("撤回结束"))
    made = add("open-year", turning.begin, _("打开下一年：导入任务表，带上人员、密钥、单位、答复和没有销号的问题"))
    made.add_argument("year", type=int)
    text = _("下一年的任务表，或市局印发的任务表文件（.pdf）；不写就用填报簿里已有的")
    made.add_argument("--plan", type=Path, metavar="TABLE", help=text)
    made.add_argument("--preview", action="store_true", help=_("只看会带上什么"))


def _public(add: Callable[..., Any], register: Any, editions: Any, day: Callable[[str], date]) -> None:
    """activity add, change, remove, undo, list; public check, hide, show, allow, forbid, year."""
    texts = (("channel", _("渠道")), ("link", _("链接或文号")), ("task", _("针对哪项任务")))
    made = add("add", disclosing.add, _("登记一次宣传或公开"), register)
    made.add_argument("kind", metavar=_KINDS)
    made.add_argument("title")
    made.add_argument("--on", type=day, metavar="YYYY-MM-DD", help=_("哪一天，不写就是今天"))
    for name, text in texts:
        made.add_argument(f"--{name}", default="", help=text)
    made = add("change", disclosing.change, _("更正一次登记；没有写的照旧"), register)
    made.add_argument("number", type=int)
    made.add_argument("--kind", metavar=_KINDS, help=_("类别"))
    made.add_argument("--on", type=day, metavar="YYYY-MM-DD", help=_("哪一天"))
    for name, text in (("title", _("标题")), *texts):
        made.add_argument(f"--{name}", help=text)
    add("remove", disclosing.remove, _("取消登记"), register).add_argument("number", type=int)
    add("undo", disclosing.undo, _("撤回对一次登记的最后改动；再来一次就是重做"), register).add_argument(
        "number", type=int
    )
    add("list", disclosing.show, _("登记过的活动"), register).add_argument("when", metavar="YEAR|PERIOD")
    _editions(add, editions)


def _editions(add: Callable[..., Any], editions: Any) -> None:
    made = add("check", disclosing.look, _("公开版里有没有不宜公开的内容"), editions)
    made.add_argument("period", metavar="PERIOD|YEAR")
    for name, run, text in (
        ("hide", disclosing.hide, _("公开版不印这项任务的文字，或写明的栏目")),
        ("show", disclosing.unhide, _("公开版照印这项任务的文字，或写明的栏目")),
    ):
        made = add(name, run, text, editions)
        made.add_argument("period")
        made.add_argument("task")
        made.add_argument("field", nargs="*", metavar="narrative|next_steps|figures")
    for name, run, text in (
        ("allow", disclosing.allow, _("说明查出的内容为什么可以公开")),
        ("forbid", disclosing.forbid, _("撤回这样的说明")),
    ):
        made = add(name, run, text, editions)
        made.add_argument("period", metavar="PERIOD|YEAR")
        if name == "allow":
            made.add_argument("reason")
        made.add_argument("--task", default="", metavar="ID", help=_("只是这项任务的"))
        made.add_argument("--field", default="", metavar="FIELD", help=_("只是这个栏目的"))
    made = add("year", disclosing.year, _("全年工作进展的公开版"), editions)
    made.add_argument("year", type=int)
    made.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")


def _reading(add: Callable[..., Any]) -> None:
    made = add("ledger", ledgers.ledger, _("台账：绩效、督察、问题、报送时效，只取自签署过的月报"))
    made.add_argument("year", type=int)
    made.add_argument("--kind", required=True, metavar="performance|inspection|problems|timeliness")
    made.add_argument("--out", type=Path, metavar="FILE.xlsx|FILE.pdf", help=_("写成工作簿或可打印的文件"))
    made.add_argument("--all", action="store_true", help=_("绩效台账：主责的全部任务，不只是标 ★ 的"))
    made = add("year", outlook.year, _("全年进度：推算到年底，列出照此进度完不成的任务，与上年比较"))
    made.add_argument("year", type=int)
    made.add_argument("--through", metavar="YYYY-MM", help=_("只用到这个月为止的月报，不写就是全部"))
    made.add_argument("--out", type=Path, metavar="FILE.xlsx|FILE.pdf", help=_("写成工作簿或可打印的文件"))
    made.add_argument("--chart", type=Path, metavar="FILE.pdf", help=_("各项任务的曲线画在一页上，供打印"))
    made.add_argument("--last", type=Path, metavar="DIR", help=_("上一年的归档：核对无误后记住，以后都与它比较"))
    made.add_argument("--no-last", action="store_true", help=_("不再用上一年的归档"))
    made.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT", help=_("上一年登记的证书"))
    made = add("summary", summaries.summary, _("半年、全年工作总结：由各月签署的原文起草，可以改，存在填报簿里"))
    made.add_argument("year", type=int)
    made.add_argument("--half", action="store_true", help=_("只到 6 月：上半年总结"))
    made.add_argument("--out", type=Path, metavar="FILE.txt|FILE.pdf", help=_("写成文本或可打印的文件"))
    made.add_argument("--from", dest="source", type=Path, metavar="FILE.txt", help=_("收下改过的文本，存进填报簿"))
    made.add_argument("--anew", action="store_true", help=_("重新起草，不用填报簿里存着的"))


def _archive(add: Callable[..., Any]) -> None:
    made = add("archive", archiving.archive, _("归档：一年的月报、回执和数据放进一个文件夹，不用本程序也能读"))
    made.add_argument("year", type=int, nargs="?")
    made.add_argument("--out", type=Path, metavar="DIR", help=_("写到这个文件夹，它必须是新的或空的"))
    made.add_argument("--verify", type=Path, metavar="DIR", help=_("核对以前的归档，不需要填报簿"))
    made.add_argument(
        "--trust", type=Path, action="append", default=[], metavar="CERT", help=_("核对时：当年登记的证书")
    )


def _items(add: Callable[..., Any], items: Any, day: Callable[[str], date]) -> None:
    made = add("list", ledgers.items, _("一年里挂账的问题和需协调事项"), items)
    made.add_argument("year", type=int)
    made.add_argument("--open", action="store_true", help=_("只看没有销号的"))
    made = add("close", ledgers.close, _("销号：写明依据和确认人"), items)
    made.add_argument("item", metavar="ID")
    made.add_argument("--evidence", required=True, metavar="TEXT", help=_("依据：怎样解决的，何以为证"))
    made.add_argument("--by", required=True, metavar="NAME", help=_("由谁确认"))
    made.add_argument("--on", type=day, metavar="YYYY-MM-DD", help=_("确认的日期，不写就是今天"))
    made.add_argument("--through", metavar="YYYY-MM", help=_("销到哪个月为止；以后月份再写的另行挂账"))
    made.add_argument("--file", type=Path, metavar="FILE", help=_("佐证文件：记下名称和 SHA-256，不存文件本身"))
    made = add("reopen", ledgers.reopen, _("撤回销号，重新挂账"), items)
    made.add_argument("item", metavar="ID")
    made.add_argument("--reason", required=True, metavar="TEXT")
    made.add_argument("--by", metavar="NAME")
