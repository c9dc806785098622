"""What can be typed. Global options stand before or after the command."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from desktop_app.cli import desks, itself, signers, window, yearly
from desktop_app.cli.later import Later
from desktop_app.cli.top import Parser, day, shared_options, top
from desktop_app.desk.plan_in_force import SETTLED
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.unit import UnitKind

book = Later("book")
calendar = Later("calendar")
copies = Later("copies")
correcting = Later("correcting")
deliveries = Later("deliveries")
demo = Later("demo")
files = Later("files")
history = Later("history")
month = Later("month")
places = Later("places")
plan = Later("plan")
printing = Later("printing")
rebuild = Later("rebuild")
settings = Later("settings")
settle = Later("settle")
units = Later("units")


if TYPE_CHECKING:
    # argparse gives the type of its sub-commands no public name
    Commands = argparse._SubParsersAction[Parser]  # noqa: SLF001

Adder = Callable[..., Parser]


def build() -> Parser:
    """The whole command line."""
    shared = shared_options()
    whole = top(shared)
    commands = whole.add_subparsers(metavar=_("命令"), parser_class=Parser)

    def add(name: str, run: Callable[..., object], text: str, to: "Commands" = commands) -> Parser:
        made = to.add_parser(name, parents=[shared], help=text, description=text)
        made.set_defaults(run=run)
        return made

    def group(name: str, text: str) -> "Commands":
        made = commands.add_parser(name, parents=[shared], help=text, description=text)
        made.set_defaults(run=_needs_more(name))
        return made.add_subparsers(metavar=_("命令"), parser_class=Parser)

    add("open", window.open_file, _("打开窗口；给一个文件就打开它：填报簿打开来填，PDF 核验给你看")).add_argument(
        "file", nargs="?", type=Path, metavar="FILE"
    )
    _months(add)
    plans = group("plan", _("任务表"))
    _plans(add, plans)
    desks.sharing_commands(add, plans, group("draft", _("草稿带到别处填")))
    signers.key_commands(add, group("key", _("签署密钥")))
    _papers(add)
    _travel(add, group("place", _("报送和收件的地点")))
    _books(add, group("book", _("填报簿文件：加密、解密、恢复密钥")))
    _the_book(add)
    yearly.yearly_commands(add, group, day)
    _settings(add, group("calendar", _("工作日历")), group("unit", _("单位名录")))
    desks.bureau_commands(add, group("bureau", _("收文方")))
    itself.itself_commands(add)
    return whole


def _needs_more(name: str) -> Callable[[argparse.Namespace], NoReturn]:
    def run(_options: argparse.Namespace) -> NoReturn:
        raise UsageError(
            _("{name} 后面还要写子命令。").format(name=name), _("用 yuebao {name} --help 查看。").format(name=name)
        )

    return run


def _months(add: Adder) -> None:
    made = add("demo", demo.run, _("用示例任务集走完一个月：导入、填报、校验、签署、报送、回执"))
    made.add_argument("--out", type=Path, default=Path("yuebao-sample"), metavar="DIR")
    made.add_argument("--no-window", action="store_true", help=_("不打开窗口；写了 --json 也不打开"))
    add("due", month.due, _("某月月报的截止日期")).add_argument("period")
    made = add("new", month.new, _("为一个单位新建填报簿"))
    made.add_argument("--unit", required=True, metavar="NAME")
    made.add_argument("--unlisted", action="store_true", help=_("名录里没有的单位（街乡镇、内设部门）"))
    add("month", month.show, _("打开一个月，看进度")).add_argument("period")
    made = add("fill", month.fill, _("从文件填报：JSON，或 sheet 写出的工作簿"))
    made.add_argument("period")
    made.add_argument("--from", dest="file", type=Path, required=True, metavar="FILE")
    made = add("sheet", month.sheet, _("把一个月写成工作簿，填好后用 fill 读回"))
    made.add_argument("period")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    made = add("check", month.check, _("校验一个月"))
    made.add_argument("period")
    made.add_argument("--out", type=Path, metavar="FILE.xlsx|FILE.pdf", help=_("把全部结果另存为清单"))
    made = add("explain", month.explain, _("为一条警示写情况说明"))
    for name in ("period", "task", "code", "text"):
        made.add_argument(name)
    made = add("correct", correcting.run, _("更正：为签署过的月报另起一版"))
    made.add_argument("period")
    made.add_argument("--reason", required=True, metavar="TEXT", help=_("更正的原因，印在新的一版上"))
    made = add("answer", correcting.answer, _("答复一条退回意见"))
    for name in ("period", "task", "field", "text"):
        made.add_argument(name)
    made = add("people", month.people, _("填报人、审核人、单位负责人、联系电话"))
    for name in ("--preparer", "--reviewer", "--approver", "--phone"):
        made.add_argument(name)
    made = add("attach", month.attach, _("为一项任务附上佐证材料"))
    for name in ("period", "task"):
        made.add_argument(name)
    made.add_argument("files", nargs="+", type=Path)


def _plans(add: Adder, plans: "Commands") -> None:
    made = add("import", plan.take, _("导入任务表"), plans)
    made.add_argument("file", type=Path)
    made.add_argument("--answers", type=Path, metavar="FILE", help=_("待确认问题的答复"))
    made.add_argument("--effective", type=day, metavar="YYYY-MM-DD", help=_("从这一天起按这份表填报"))
    add("compare", plan.compare, _("看一份新表与填报簿里的有什么不同"), plans).add_argument("file", type=Path)
    add("list", settle.listing, _("填报簿里的各份任务表"), plans)
    made = desks.of_a_plan(add("show", plan.show, _("看任务"), plans))
    made.add_argument("--all", action="store_true", help=_("全部任务，不只是本单位的"))
    made = desks.of_a_plan(add("answer", settle.answer, _("答复一个待确认问题"), plans))
    made.add_argument("id", nargs="?")
    made.add_argument("choice", nargs="?")
    made.add_argument("--offered", action="store_true", help=_("采用以往对同样说法的答复"))
    made = desks.of_a_plan(add("confirm", settle.confirm, _("确认或更正对任务的理解"), plans))
    made.add_argument("task", nargs="*")
    made.add_argument("--all", action="store_true", help=_("本单位的全部任务"))
    made.add_argument("--field", choices=sorted(SETTLED), help=_("只是这一项"))
    made.add_argument("--value", metavar="TEXT", help=_("更正为"))
    made.add_argument("--withdraw", action="store_true", help=_("撤回确认或更正"))
    made = desks.of_a_plan(add("dates", settle.dates, _("文号、印发、施行和废止日期"), plans))
    for name in ("--issued", "--effective", "--repealed"):
        made.add_argument(name, type=day, metavar="YYYY-MM-DD")
    made.add_argument("--number", metavar="N", help=_("文号"))
    made.add_argument("--repeals", action="append", metavar="N", help=_("废止的文件的文号"))


def _papers(add: Adder) -> None:
    made = add("report", files.report, _("导出未签署的草稿"))
    made.add_argument("period")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    made.add_argument("--edition", choices=["full", "public", "blank", "task"], default="full")
    made.add_argument("--task", metavar="ID", help=_("单项任务表：哪一项任务"))
    made = add("print", printing.run, _("打印月报（签署后是签署的原件）"))
    made.add_argument("period")
    made.add_argument("--printer", metavar="NAME")
    made.add_argument("--paper", choices=["A4", "A3"])
    made.add_argument("--sides", choices=["one", "two"], help=_("单面或双面"))
    made = add("slip", files.slip, _("报送文件的交接单"))
    made.add_argument("period")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    made.add_argument("--place", default="", metavar="TEXT", help=_("存放位置或介质编号，不写就是报送到的地方"))
    signers.sign_command(add)
    made = add("verify", files.verify, _("核验一个文件"))
    made.add_argument("file", type=Path)
    made.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT")
    made.add_argument("--out", type=Path, metavar="FILE.pdf|FILE.txt", help=_("把核验结果写成一页"))
    made.add_argument("--scanned", metavar="TEXT", help=_("扫码枪从纸质件上扫到的内容，与文件核对"))
    made = add("read", files.read, _("读出文件里的数据"))
    made.add_argument("file", type=Path)
    made.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT")
    made.add_argument("--untrusted", action="store_true", help=_("没有通过核验也读"))


def _travel(add: Adder, group: "Commands") -> None:
    made = add("hand-in", deliveries.hand_in, _("报送到优盘、文件夹、SFTP 或 WebDAV"))
    made.add_argument("period")
    made.add_argument("--to", action="append", default=[], metavar="NAME|FOLDER|URL", help=_("送到哪里，可以写几次"))
    made.add_argument("--resume", action="store_true", help=_("接着上次没有送到的继续"))
    made.add_argument("--abandon", action="store_true", help=_("放弃没有送到的，清掉那里的半个文件"))
    _login(made)
    add("outbox", deliveries.outbox, _("报送记录：什么时候、谁、把哪一份送到了哪里")).add_argument("period", nargs="?")
    made = add("receive", files.receive, _("收回执、退回单、任务表和工作日历"))
    made.add_argument("files", nargs="*", type=Path)
    made.add_argument("--from", dest="source", metavar="NAME|FOLDER|URL", help=_("到这里看看有没有发给本单位的"))
    made.add_argument("--preview", action="store_true", help=_("只看任务表或日历会改变什么，不收"))
    made.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT", help=_("登记收文方证书"))
    _login(made)
    add("inbox", deliveries.inbox, _("收到过的文件，和没有收下的原因"))
    made = add("add", places.add, _("登记一个地点"), group)
    made.add_argument("name")
    made.add_argument("where", metavar="URL|FOLDER")
    _login(made)
    made.add_argument("--key-file", type=Path, metavar="FILE", help=_("SFTP：用这个密钥登录"))
    made.add_argument("--authority", type=Path, metavar="CERT", help=_("WebDAV：签发服务器证书的证书（PEM）"))
    made.add_argument("--plain-http", action="store_true", help=_("WebDAV：内网地址，可以不加密"))
    add("list", places.show, _("已登记的地点"), group)
    add("remove", places.remove, _("删除一个地点"), group).add_argument("name")
    made = add("default", places.default, _("hand-in 不写 --to 时送到哪里；不写名称就是取消"), group)
    made.add_argument("name", nargs="?", default="")
    made = add("test", places.test, _("试一试：连接、写入、读回、删掉"), group)
    made.add_argument("name")
    _login(made)


def _login(made: Parser) -> None:
    made.add_argument("--fingerprint", metavar="SHA256:…", help=_("SFTP：与管理员核对过的服务器指纹"))
    made.add_argument("--password-file", type=Path, metavar="FILE", help=_("口令在这个文件的第一行"))


def _books(add: Adder, group: "Commands") -> None:
    add("status", book.status, _("填报簿是否加密，密钥在不在"), group)
    made = add("encrypt", book.encrypt, _("给填报簿加密；默认不加密：丢了密钥比丢了电脑常见，整盘加密更省心"), group)
    made.add_argument(
        "--recovery-key", type=Path, required=True, metavar="FILE.pdf|FILE.txt", help=_("恢复密钥写到哪里，供打印")
    )
    made.add_argument("--remove-plain-copies", action="store_true", help=_("同时删除以前没有加密的备份"))
    add("decrypt", book.decrypt, _("把填报簿改回不加密"), group)
    add("recovery-key", book.recovery_key, _("再打印一次恢复密钥"), group).add_argument(
        "--out", type=Path, required=True, metavar="FILE.pdf|FILE.txt"
    )
    made = add("rebuild", rebuild.run, _("从本单位签了名的月报、回执和退回单重新建立填报簿"))
    made.add_argument("files", nargs="+", type=Path)
    made.add_argument("--unit", metavar="NAME", help=_("给哪个单位恢复；不写就是这些月报的单位"))
    made.add_argument("--plan", type=Path, action="append", default=[], metavar="TABLE", help=_("当时的任务表"))
    made.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT", help=_("单位证书、收文方证书"))


def _the_book(add: Adder) -> None:
    made = add("journal", history.journal, _("日志：谁在什么时候把什么改成了什么"))
    made.add_argument("--verify", action="store_true", help=_("核验日志，并与签署的月报对照"))
    made.add_argument("--head", action="append", default=[], metavar="HEX", help=_("月报末页印的日志校验值"))
    made.add_argument("--period", metavar="P", help=_("只看这个月"))
    made.add_argument("--task", metavar="T", help=_("只看这项任务"))
    made.add_argument("--field", metavar="F", help=_("只看这一项"))
    made.add_argument("--after", type=int, metavar="N", help=_("从第 N 条之后看起，不写就是最近的"))
    made.add_argument("--limit", type=int, default=100, metavar="N", help=_("最多几条"))
    add("history", history.months, _("各月各版：状态、是否按时、回执")).add_argument("year", nargs="?", type=int)
    for name, run, text in (
        ("undo", history.take_back, _("撤回草稿里最近的一次改动")),
        ("redo", history.make_again, _("重做刚撤回的改动")),
    ):
        made = add(name, run, text)
        for word in ("period", "task", "field"):
            made.add_argument(word, nargs="?")
    made = add("backup", copies.backup, _("备份填报簿，写后核对"))
    made.add_argument("--out", type=Path, metavar="FILE", help=_("备份到这个文件"))
    made.add_argument("--list", action="store_true", help=_("列出自动备份"))
    made = add("restore", copies.restore, _("从备份恢复"))
    made.add_argument("file", nargs="?", type=Path)
    made.add_argument("--preview", action="store_true", help=_("只看备份里有什么、会改变什么"))
    made.add_argument("--undo", action="store_true", help=_("撤回上一次恢复"))
    made.add_argument("--damaged", action="store_true", help=_("备份里有损坏也恢复"))


def _settings(add: Adder, years: "Commands", names: "Commands") -> None:
    made = add("settings", settings.run, _("看或改设置：第三个工作日当天算不算按时、内部截止日、校验阈值"))
    made.add_argument("name", nargs="?", metavar="NAME")
    made.add_argument("value", nargs="?", metavar="VALUE")
    add("list", calendar.show, _("已有哪些年份"), years)
    add("import", calendar.take, _("导入一年的放假安排"), years).add_argument("file", type=Path)
    add("remove", calendar.remove, _("删除导入的一年"), years).add_argument("year", type=int)
    made = add("list", units.show, _("自己添加的单位和别名"), names)
    made.add_argument("--all", action="store_true", help=_("全部单位，不只是自己添加的"))
    made = add("add", units.add, _("添加名录里没有的单位"), names)
    made.add_argument("name")
    made.add_argument("--kind", choices=[str(kind) for kind in UnitKind], default=str(UnitKind.INSTITUTION))
    made.add_argument("--alias", action="append", default=[], metavar="A")
    made.add_argument("--code", metavar="C")
    made = add("alias", units.alias, _("给一个单位添加别名"), names)
    made.add_argument("unit")
    made.add_argument("alias")
    add("remove", units.remove, _("删除自己添加的单位或别名"), names).add_argument("word", metavar="CODE")
