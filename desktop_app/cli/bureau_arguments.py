"""What can be typed at the receiving desk."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli import bureau, bureau_month, keys
from desktop_app.cli.arguments import Adder, passphrase
from desktop_app.language import _

if TYPE_CHECKING:
    from desktop_app.cli.arguments import Commands


def bureau_commands(add: Adder, group: "Commands") -> None:
    """The receiving desk."""
    passphrase(add("new", bureau.new, _("新建收件簿"), group))
    add("enrol", bureau.enrol, _("登记单位证书"), group).add_argument("certificate", type=Path)
    add("receive", bureau.receive, _("收月报"), group).add_argument("files", nargs="+", type=Path)
    made = add("accept", bureau.accept, _("出具回执"), group)
    made.add_argument("report")
    made.add_argument("--out", type=Path, metavar="DIR|FILE.pdf")
    passphrase(made)
    made = add("return", bureau_month.send_back, _("退回月报，附意见"), group)
    made.add_argument("report")
    made.add_argument(
        "--remarks", type=Path, required=True, metavar="FILE.json|FILE.xlsx", help=_("意见：任务、字段、意见")
    )
    made.add_argument("--out", type=Path, metavar="DIR|FILE.pdf")
    passphrase(made)
    _bureau_month(add, group)
    made = add("crl", keys.lists, _("导入证书吊销名单"), group)
    made.add_argument("file", type=Path, nargs="?")
    made.add_argument("--out", type=Path, metavar="FILE.crl")
    passphrase(made)
    made = add("stamp", bureau.stamp, _("导出加盖收文时间戳的月报"), group)
    made.add_argument("report")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    passphrase(made)
    export = add("export", bureau.export, _("导出收文方证书，供单位登记"), group)
    export.add_argument("--out", type=Path, required=True, metavar="FILE.pem")


def _bureau_month(add: Adder, group: "Commands") -> None:
    made = add("publish-plan", bureau_month.publish_plan, _("印发任务表：签名的文件，任务表原件附在里面"), group)
    made.add_argument("file", type=Path)
    made.add_argument("--out", type=Path, metavar="FILE.pdf")
    made.add_argument("--answers", type=Path, metavar="FILE", help=_("待确认问题的答复"))
    passphrase(made)
    made = add("publish-calendar", bureau_month.publish_calendar, _("印发一年的工作日历"), group)
    made.add_argument("file", type=Path)
    made.add_argument("--out", type=Path, metavar="FILE.pdf")
    passphrase(made)
    add("status", bureau_month.status, _("一个月各单位的报送情况"), group).add_argument("period")
    made = add("collate", bureau_month.collate, _("汇总一个月各单位的全部内容"), group)
    made.add_argument("period")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx|FILE.csv")
