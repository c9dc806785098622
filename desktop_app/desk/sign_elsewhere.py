"""A signature on another machine: the file is carried out, signed there with the same program, and brought home."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.desk import keys
from desktop_app.desk.desk import Desk, local_now
from desktop_app.desk.files import read_file, write_file
from desktop_app.desk.sign_report import SignedState, refuse_other_role, stated
from desktop_app.desk.steps import Steps, at_once
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState, Role
from desktop_app.store import Month, months, sealed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from desktop_app.signing.keys import LoadedKey

_KEY_FILES = (".p12", ".pfx")


@dataclass(frozen=True)
class CarriedWork:
    """A signature ready to be made on a file that was carried here; `run` touches no book."""

    pdf: bytes
    role: Role
    key: "LoadedKey"
    name: str
    at: datetime
    statement: str

    def run(self) -> bytes:
        """The file with one more signature."""
        from desktop_app.signing.sign import sign

        return sign(
            self.pdf,
            self.role,
            self.key,
            signer_name=self.name,
            at=self.at,
            boxes={},
            final=self.role is Role.APPROVER,
            statement=self.statement,
        )


def carry_out(desk: Desk, period: Period, file: Path) -> str:
    """Write the sealed report as it stands, to be signed on another machine; gives its check code."""
    month = months.month(desk.book, period)
    held = sealed.sealed(desk.book, month.id) if month else None
    if month is None or held is None or month.state is not MonthState.SEALED:
        raise ClerkError(
            _("{period}的月报不在等待审签，没有可以带出去签的文件。").format(period=period.spoken),
            _("先由填报人签署；单位负责人签署后不能再加签名。"),
        )
    write_file(file, held.pdf)
    return held.check_code


def look(file: Path) -> tuple[bytes, dict[str, Any], str, Period]:
    """A carried report before it is signed: bytes, data, whose it is and for when; ClerkError for one that fails."""
    pdf = read_file(file)
    found = verify_bytes(pdf, (), local_now(), expected=(Role.PREPARER,))
    if found.kind not in (None, "report"):
        raise ClerkError(_("这不是月报。"), _("请检查是否选错了文件。"))
    if not found.valid or found.data is None:
        raise ClerkError(
            _("文件没有通过核验，不能签名：{problem}").format(problem=found.problems[0]),
            _("请填报单位重新带一份签署后的原件。"),
        )
    return pdf, found.data, str(found.data["unit"]["name"]), Period.parse(str(found.data["period"]))


def statement(file: Path, role: Role) -> str:
    """What the signer of a carried file states, shown before signing."""
    _pdf, _data, unit, period = look(file)
    return stated(unit, period, role)


def statements(file: Path) -> dict[Role, str]:
    """The same for each who may sign it; may be asked in any thread."""
    _pdf, _data, unit, period = look(file)
    return {role: stated(unit, period, role) for role in (Role.APPROVER, Role.REVIEWER)}


def prepare(desk: Desk | None, file: Path, role: Role, key: str, passphrase: str) -> CarriedWork:
    """Make ready to sign a carried file, with a key of the book at hand or a .p12 file; no book is changed."""
    return at_once(preparing(desk, file, role, key, passphrase))


def preparing(desk: Desk | None, file: Path, role: Role, key: str, passphrase: str) -> Steps[CarriedWork]:
    """The same step by step: verifying and opening a key take long."""
    if role is Role.PREPARER:
        raise ClerkError(_("填报人在自己的填报簿里签署，不在带来的文件上签。"), _("请用 sign 月份 --role preparer。"))
    pdf, _data, unit, period = yield lambda: look(file)
    at = desk.clock() if desk else local_now()
    if Path(key).suffix.lower() in _KEY_FILES and Path(key).is_file():
        loaded, name = yield lambda: _key_from_file(Path(key), role, passphrase, at)
    elif desk is None:
        raise ClerkError(
            _("这台电脑上没有填报簿，找不到「{name}」的密钥。").format(name=key), _("可用 --key 指定 .p12 密钥文件。")
        )
    else:
        refuse_other_role(desk, key, role)
        loaded, name = (yield keys.loading(desk, key, passphrase)), key
    return CarriedWork(pdf, role, loaded, name, at, stated(unit, period, role))


def take(desk: Desk, file: Path, trust: tuple[Path, ...] = ()) -> SignedState:
    """Bring a file home that was signed elsewhere: it must be the bytes held here with signatures behind them."""
    return at_once(taking(desk, file, trust))


def taking(desk: Desk, file: Path, trust: tuple[Path, ...] = ()) -> Steps[SignedState]:
    """The same step by step: verifying takes long."""
    pdf = read_file(file)
    own, at = _own_certificates(desk, trust), desk.clock()
    found: Verified = yield lambda: verify_bytes(pdf, own, at, expected=())
    if found.kind != "report" or found.data is None:
        raise ClerkError(
            _("这不是可以收回的月报：{problem}").format(problem=next(iter(found.problems), _("文件种类不对。"))),
            _("本月状态没有改变。"),
        )
    month = _month_of(desk, found.data)
    held = sealed.sealed(desk.book, month.id)
    if held is None or not (pdf.startswith(held.pdf) and len(pdf) > len(held.pdf)):
        same = held is not None and pdf == held.pdf
        raise ClerkError(
            _("带回的文件还没有新的签名。") if same else _("带回的文件不是本簿封存的那一份加签而成，没有采用。"),
            _("请单位负责人在带出去的那份文件上签署；本月状态没有改变。"),
        )
    return keep(desk, month, pdf, found, held, trust)


def keep(
    desk: Desk, month: Month, pdf: bytes, found: Verified, held: sealed.Sealed, trust: tuple[Path, ...] = ()
) -> SignedState:
    """Keep every signature behind the held bytes, one after the other; ClerkError where one may not stand there."""
    if found.problems:
        raise ClerkError(
            _("带回的文件没有通过核验：{problem}").format(problem=found.problems[0]), _("本月状态没有改变。")
        )
    fresh = [one for one in found.signatures if one.covers > len(held.pdf)]
    if not fresh or fresh[-1].covers != len(pdf):
        raise ClerkError(_("带回的文件里除了签名还有别的内容，没有采用。"), _("本月状态没有改变。"))
    stranger = next((one for one in fresh if not one.trusted), None)
    if stranger is not None:
        raise ClerkError(
            _("「{name}」签名用的证书不是本单位签发的，也没有登记，没有采用。指纹：{fingerprint}").format(
                name=stranger.signer, fingerprint=stranger.fingerprint
            ),
            _("请与签名人核对指纹，再用 --trust 给出他的证书。"),
        )
    _remember_trusted(desk, trust)
    for one in fresh:
        final = one.role is Role.APPROVER
        statement = stated(desk.unit.name, month.period, one.role) if one.role else ""
        actor = desk.actor or one.signer
        sealed.add_signature(desk.book, month, pdf[: one.covers], desk.clock(), actor, final=final, statement=statement)
    now, kept = months.month(desk.book, month.period), sealed.sealed(desk.book, month.id)
    if now is None or kept is None:
        raise LookupError(f"{month.period} was signed and is not there")
    return SignedState(now.state, now.revision, kept.signatures, kept.check_code)


def _month_of(desk: Desk, data: dict[str, Any]) -> Month:
    if data["unit"]["code"] != desk.unit.code:
        raise ClerkError(
            _("这是{other}的月报，本填报簿属于{unit}。").format(other=data["unit"]["name"], unit=desk.unit.short_name),
            _("请检查是否选错了文件。"),
        )
    month = months.month(desk.book, Period.parse(str(data["period"])))
    if month is None or month.state is not MonthState.SEALED or month.revision != data["revision"]:
        raise ClerkError(
            _("{period} 第{revision}版在本簿里不在等待审签，没有采用。").format(
                period=data["period"], revision=data["revision"]
            ),
            _("本月状态没有改变。"),
        )
    return month


def _key_from_file(file: Path, role: Role, passphrase: str, at: datetime) -> "tuple[LoadedKey, str]":
    """A key used where it lies, for one signature; nothing of it is kept."""
    from desktop_app.signing.certificates import common_name
    from desktop_app.signing.keys import load_file

    loaded = load_file(read_file(file, largest=1024 * 1024), role, passphrase, at)
    return loaded, common_name(loaded.certificate)


def _own_certificates(desk: Desk, trust: tuple[Path, ...]) -> "list[Certificate]":
    from desktop_app.signing.certificates import read_certificates

    folder = keys.key_folder(desk)
    found = list(read_certificates(folder.unit_certificates_pem())) if folder.list_keys() else []
    for file in trust:
        found += read_certificates(read_file(file, largest=1024 * 1024))
    return found


def _remember_trusted(desk: Desk, trust: tuple[Path, ...]) -> None:
    """Certificates that were given go out with the unit's own from now on: the bureau needs them too."""
    from desktop_app.signing import records
    from desktop_app.signing.certificates import common_name, read_certificates

    for file in trust:
        for certificate in read_certificates(read_file(file, largest=1024 * 1024)):
            heads = {"Role": Role.APPROVER.value, "Guest": desk.clock().date().isoformat()}
            records.archive(keys.key_folder(desk).path, records.Record(common_name(certificate), heads, (certificate,)))
