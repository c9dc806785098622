"""What can be typed about keys, and by whom a report is signed; see parser.py."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.cli import desks
from desktop_app.cli.later import Later
from desktop_app.language import _
from desktop_app.model.report import Role

keys = Later("keys")
sign = Later("sign")


def key_commands(add: Callable[..., Any], group: Any) -> None:
    """key new, import, list, export, request, import-certificate, issue, token, renew, retire, crl."""
    made = _kind(_person(add("new", keys.new, _("新建密钥"), group)))
    desks.passphrase(made)
    made = add("import", keys.take, _("导入 PKCS#12 密钥"), group)
    made.add_argument("file", type=Path, metavar="FILE.p12")
    desks.passphrase(_person(made, needed=False))
    add("list", keys.show, _("已有的密钥"), group)
    add("export", keys.export, _("导出单位证书，供收文方登记"), group).add_argument(
        "--out", type=Path, required=True, metavar="FILE.pem"
    )
    made = _kind(add("request", keys.request, _("导出证书申请，请发证方签发"), group))
    made.add_argument("--name", metavar="N", help=_("为这个人申请；不写就是申请单位证书"))
    made.add_argument("--role", choices=[str(role) for role in Role])
    made.add_argument("--unit", action="store_true", help=_("单位证书，不是个人的"))
    made.add_argument("--out", type=Path, required=True, metavar="FILE.csr")
    desks.passphrase(made)
    made = add("import-certificate", keys.take_certificate, _("导入发证方发回的证书"), group)
    made.add_argument("file", type=Path, metavar="FILE.pem|.cer|.p7b")
    made = add("issue", keys.issue, _("为本单位的人在别的电脑上申请的密钥签发证书"), group)
    made.add_argument("file", type=Path, metavar="FILE.csr")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.pem")
    desks.passphrase(made)
    made = _person(add("token", keys.token, _("登记令牌（U 盾）里的密钥"), group), needed=False)
    made.add_argument("--module", type=Path, required=True, metavar="LIB", help=_("令牌厂商提供的 PKCS#11 库"))
    made.add_argument("--slot", type=int, metavar="N")
    made.add_argument("--label", metavar="L", help=_("令牌的名称"))
    made.add_argument("--id", metavar="HEX", help=_("密钥的编号"))
    made.add_argument(
        "--pin-file", "--passphrase-file", dest="pin_file", type=Path, metavar="FILE", help=_("PIN 在这个文件的第一行")
    )
    _key_care(add, group)


def _key_care(add: Callable[..., Any], group: Any) -> None:
    made = add("renew", keys.renew, _("给密钥续期"), group)
    made.add_argument("name", nargs="?")
    made.add_argument("--unit", action="store_true", help=_("单位证书，不是个人的"))
    desks.passphrase(made)
    add("retire", keys.retire, _("停用密钥：不能再签，签过的照样核验"), group).add_argument("name")
    made = add("crl", keys.lists, _("导入吊销名单，或导出本单位的"), group)
    made.add_argument("file", type=Path, nargs="?")
    made.add_argument("--out", type=Path, metavar="FILE.crl")
    desks.passphrase(made)


def _person(made: Any, *, needed: bool = True) -> Any:
    unsaid = None if needed else _("不写就看证书")
    made.add_argument("--name", required=needed, metavar="N", help=unsaid)
    made.add_argument("--role", required=needed, choices=[str(role) for role in Role], help=unsaid)
    return made


def _kind(made: Any) -> Any:
    made.add_argument("--kind", choices=["ec", "rsa"], default="ec", help=_("EC P-256 或 RSA-3072"))
    return made


def sign_command(add: Callable[..., Any]) -> None:
    """sign: here, or a file that is carried from one machine to another."""
    made = add("sign", sign.run, _("签署"))
    made.add_argument("period", nargs="?")
    made.add_argument("--role", choices=[str(role) for role in Role])
    made.add_argument("--key", metavar="N", help=_("密钥的名字；签带来的文件时也可以是 .p12 文件"))
    made.add_argument("--carry", type=Path, metavar="FILE.pdf", help=_("写出待签的文件，带到别的电脑上签"))
    made.add_argument("--file", type=Path, metavar="FILE.pdf", help=_("签一份带来的文件，不需要它的填报簿"))
    made.add_argument("--out", type=Path, metavar="FILE.pdf", help=_("签好的文件放在这里"))
    made.add_argument("--take", type=Path, metavar="FILE.pdf", help=_("收回在别的电脑上签好的文件"))
    made.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT", help=_("签名人的证书"))
    desks.passphrase(made)
