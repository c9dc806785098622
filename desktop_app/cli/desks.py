"""What can be typed at a receiving desk, and where work is shared; see parser.py."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.cli.later import Later
from desktop_app.language import _

bureau = Later("bureau")
bureau_month = Later("bureau_month")
keys = Later("keys")
sharing = Later("sharing")


def bureau_commands(add: Callable[..., Any], group: Any) -> None:
    """What a receiving desk does; a unit's own book is the desk of its towns and departments."""
    passphrase(add("new", bureau.new, _("新建收件簿"), group))
    made = add("enrol", bureau.enrol, _("登记单位证书；也可以是它签的文件"), group)
    made.add_argument("certificate", type=Path)
    made = add("receive", bureau.receive, _("收月报：文件，或放着月报的文件夹"), group)
    made.add_argument("files", nargs="+", type=Path, metavar="FILE|DIR")
    made = add("accept", bureau.accept, _("出具回执"), group)
    made.add_argument("report")
    made.add_argument("--out", type=Path, metavar="DIR|FILE.pdf")
    _signing(made)
    made = add("return", bureau_month.send_back, _("退回月报，附意见"), group)
    made.add_argument("report")
    made.add_argument(
        "--remarks", type=Path, metavar="FILE.json|FILE.xlsx", help=_("意见：任务、字段、意见；不写就请对方来联系")
    )
    made.add_argument("--out", type=Path, metavar="DIR|FILE.pdf")
    _signing(made)
    _bureau_month(add, group)
    made = add("crl", keys.lists, _("导入证书吊销名单"), group)
    made.add_argument("file", type=Path, nargs="?")
    made.add_argument("--out", type=Path, metavar="FILE.crl")
    passphrase(made)
    made = add("stamp", bureau.stamp, _("导出加盖收文时间戳的月报"), group)
    made.add_argument("report")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    _signing(made)
    export = add("export", bureau.export, _("导出收文方证书，供单位登记"), group)
    export.add_argument("--out", type=Path, required=True, metavar="FILE.pem")


def _bureau_month(add: Callable[..., Any], group: Any) -> None:
    made = add("publish-plan", bureau_month.publish_plan, _("印发任务表：签名的文件，任务表原件附在里面"), group)
    made.add_argument("file", type=Path)
    made.add_argument("--out", type=Path, metavar="FILE.pdf")
    made.add_argument("--answers", type=Path, metavar="FILE", help=_("待确认问题的答复"))
    _signing(made)
    made = add("publish-calendar", bureau_month.publish_calendar, _("印发一年的工作日历"), group)
    made.add_argument("file", type=Path)
    made.add_argument("--out", type=Path, metavar="FILE.pdf")
    _signing(made)
    add("status", bureau_month.status, _("一个月各单位的报送情况"), group).add_argument("period")
    made = add("collate", bureau_month.collate, _("汇总一个月各单位的全部内容"), group)
    made.add_argument("period")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx|FILE.csv")


def sharing_commands(add: Callable[..., Any], plans: Any, drafts: Any) -> None:
    """Sharing work: plan split, draft export, merge."""
    made = of_a_plan(add("split", sharing.split, _("把任务分解给街乡镇或内设部门"), plans))
    made.add_argument("--to", required=True, metavar="UNIT")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    made.add_argument("--task", action="append", default=[], metavar="ID", help=_("只是这些任务"))
    made.add_argument("--key", metavar="N", help=_("用哪个密钥签"))
    passphrase(made)
    made = add("export", sharing.export, _("写出一份，带到别的电脑上填"), drafts)
    made.add_argument("--out", type=Path, required=True, metavar="FILE.yuebao")
    made = add("merge", sharing.bring, _("把别处填的草稿或下属单位的月报并入草稿"))
    made.add_argument("file", type=Path)
    made.add_argument("--take", action="append", default=[], metavar="ours|theirs|ID=…", help=_("两边都写了的取哪边"))
    made.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT", help=_("登记下属单位的证书"))


def _signing(made: argparse.ArgumentParser) -> None:
    """What signs for the desk: a unit has an approver's key for it, a bureau one of its own."""
    made.add_argument("--key", metavar="N", help=_("用哪个密钥签"))
    passphrase(made)


def of_a_plan(made: Any) -> Any:
    """--plan, where a command is about one of several plans."""
    made.add_argument("--plan", metavar="ID", help=_("哪一份任务表（编号开头或文号），不写就是最新的"))
    return made


def passphrase(made: argparse.ArgumentParser) -> None:
    """--passphrase-file, where a command signs."""
    made.add_argument("--passphrase-file", type=Path, metavar="FILE", help=_("口令在这个文件的第一行"))
