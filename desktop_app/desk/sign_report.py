"""Sign a month: the preparer certifies and seals it, the approver locks it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desktop_app.desk import keys
from desktop_app.desk.check_report import Checked
from desktop_app.desk.desk import Desk, login
from desktop_app.desk.make_report import Paper, PaperWork
from desktop_app.desk.make_report import prepare as prepare_paper
from desktop_app.desk.month import kept_month, people, set_people
from desktop_app.desk.steps import Steps, at_once
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import ROLE_LABELS, MonthState, People, Role
from desktop_app.signing.keys import LoadedKey
from desktop_app.store import journal, months, sealed


@dataclass(frozen=True)
class SignedPaper:
    """What a signature made: the new bytes, and the paper under the first one."""

    pdf: bytes
    paper: Paper | None


@dataclass(frozen=True)
class SigningWork:
    """A signature ready to be made; `run` touches no book and may run in any thread.

    `at` is the clock on the wall, never a rehearsed day: a signature does not pretend. `since` is the journal's last
    row when the paper was made.
    """

    period: Period
    month_id: int
    role: Role
    key: LoadedKey
    name: str
    at: datetime
    work: PaperWork | None
    pdf: bytes | None
    named: People
    statement: str
    since: int

    def run(self) -> SignedPaper:
        """Render (under the first signature) and sign. Nothing is kept yet."""
        from desktop_app.signing.sign import sign

        paper = self.work.render() if self.work else None
        base = paper.pdf if paper else self.pdf
        if base is None:
            raise LookupError(f"nothing to sign for {self.period}")
        signed = sign(
            base,
            self.role,
            self.key,
            signer_name=self.name,
            at=self.at,
            boxes=paper.boxes if paper else {},
            final=self.role is Role.APPROVER,
            statement=self.statement,
        )
        return SignedPaper(signed, paper)


@dataclass(frozen=True)
class SignedState:
    """Where the month stands after a signature."""

    state: MonthState
    revision: int
    signatures: int
    check_code: str


def statement(desk: Desk, period: Period, role: Role) -> str:
    """What the signer states, shown before signing and kept in the signature."""
    return stated(desk.unit.name, period, role)


def stated(unit: str, period: Period, role: Role) -> str:
    """The same for a report of any unit."""
    if role is Role.PREPARER:
        return _(
            "我确认：{unit}{period}的进展情况由我填报，内容真实、完整，与佐证材料一致，不含涉密信息。"
            "签署后本月数据即封存，不能再改；如需更正须另起一版。"
        ).format(unit=unit, period=period.spoken)
    if role is Role.REVIEWER:
        return _("我已审核{unit}{period}的进展情况及全部警示说明，未发现问题。").format(unit=unit, period=period.spoken)
    return _("我已审阅{unit}{period}的进展情况及全部警示说明，同意报送。签署后文件锁定，任何改动都会被发现。").format(
        unit=unit, period=period.spoken
    )


def prepare(desk: Desk, period: Period, role: Role, key_name: str, passphrase: str) -> SigningWork:
    """Make ready to sign; ClerkError while checks do not pass, out of turn, or with an unusable key."""
    return at_once(preparing(desk, period, role, key_name, passphrase))


def preparing(desk: Desk, period: Period, role: Role, key_name: str, passphrase: str) -> Steps[SigningWork]:
    """The same step by step: the rules run and the key is opened in any thread."""
    month = kept_month(desk, period)
    _refuse_out_of_turn(month.state, role)
    refuse_other_role(desk, key_name, role)
    work, pdf, named, since = None, None, people(desk), journal.last(desk.book)
    if role is Role.PREPARER:
        named = _named(desk, key_name)
        work = prepare_paper(desk, period, draft=False, named=named)
        yield partial(_refuse_unchecked, work, period)
    else:
        held = sealed.sealed(desk.book, month.id)
        if held is None:
            raise LookupError(f"{period} is {month.state} and holds no sealed report")
        pdf = held.pdf
    key: LoadedKey = yield keys.loading(desk, key_name, passphrase)
    said = statement(desk, period, role)
    return SigningWork(period, month.id, role, key, key_name, desk.clock(), work, pdf, named, said, since)


def finish(desk: Desk, work: SigningWork, signed: SignedPaper) -> SignedState:
    """Keep a signature that was made; only now the month's state changes."""
    month = months.month(desk.book, work.period)
    if month is None or month.id != work.month_id:
        raise ClerkError(_("签署期间这个月的月报换了版次，签名没有采用。"), _("请重新签署。"))
    _refuse_changed(desk, work)
    before = people(desk)
    actor = desk.actor if work.named == before else "@".join(filter(None, (work.named.preparer, login())))
    actor = actor or work.name
    if signed.paper:
        paper = signed.paper
        sealed.seal(
            desk.book,
            month,
            signed.pdf,
            paper.data,
            paper.data_sha256,
            paper.check_code,
            1,
            work.at,
            actor,
            statement=work.statement,
        )
        if work.named != before:  # only now: a signature that fails leaves the foot of the form as it was
            set_people(desk, work.named)
    else:
        final = work.role is Role.APPROVER
        sealed.add_signature(desk.book, month, signed.pdf, work.at, actor, final=final, statement=work.statement)
    now, held = months.month(desk.book, work.period), sealed.mark(desk.book, month.id)
    if now is None or held is None:
        raise LookupError(f"{work.period} was signed and is not there")
    return SignedState(now.state, now.revision, held.signatures, held.check_code)


def sign(desk: Desk, period: Period, role: Role, key_name: str, passphrase: str) -> SignedState:
    """Make ready, sign and keep, in one go."""
    return at_once(signing(desk, period, role, key_name, passphrase))


def signing(desk: Desk, period: Period, role: Role, key_name: str, passphrase: str) -> Steps[SignedState]:
    """The same step by step. Stopped before its end it keeps nothing."""
    work = yield from preparing(desk, period, role, key_name, passphrase)
    signed: SignedPaper = yield work.run
    return finish(desk, work, signed)


def _refuse_out_of_turn(state: MonthState, role: Role) -> None:
    if role is Role.PREPARER and state is not MonthState.DRAFT:
        raise ClerkError(_("本月月报已由填报人签署封存。"), _("接下来由单位负责人签署；如需更正要另起一版。"))
    if role is not Role.PREPARER and state is MonthState.DRAFT:
        raise ClerkError(
            _("填报人还没有签署。"), _("先由填报人签署（sign --role preparer），再由审核人或单位负责人签署。")
        )
    if role is not Role.PREPARER and state is not MonthState.SEALED:
        raise ClerkError(_("本月月报已经签署完毕，不能再加签名。"))


def _refuse_unchecked(work: PaperWork, period: Period) -> None:
    """ClerkError while something found in the very paper that is to be signed blocks it."""
    result = work.rules() if work.rules else Checked(work.report.findings)
    if not result.passes:
        raise ClerkError(
            _("校验没有通过：{errors} 个错误，{open} 个警示还没有情况说明，不能签署。").format(
                errors=result.errors, open=result.unexplained
            ),
            _("请用 check {period} 查看全部问题。").format(period=period),
        )


def _refuse_changed(desk: Desk, work: SigningWork) -> None:
    """ClerkError where the month was written in after the paper was made of it, as by a task table that came in."""
    if work.work is not None and journal.rows(desk.book, work.period, after=work.since, limit=1):
        raise ClerkError(_("签署期间这个月的内容又有改动，签名没有采用。"), _("请看过改动，再签一次。"))


def _named(desk: Desk, name: str) -> People:
    """Whoever signs as preparer is the 填报人; the approver is the one whose key is at hand, unless already named."""
    before = people(desk)
    approvers = [key.name for key in keys.list_keys(desk) if key.role is Role.APPROVER and key.usable]
    approver = before.approver or (approvers[0] if len(approvers) == 1 else "")
    return People(name, before.reviewer, approver, before.phone)


def refuse_other_role(desk: Desk, key_name: str, role: Role) -> None:
    """ClerkError where there is no such key, or it signs in another role."""
    info = next((key for key in keys.list_keys(desk) if key.name == key_name), None)
    if info is None:
        raise ClerkError(_("没有名为「{name}」的密钥。").format(name=key_name), _("可用 key list 查看已有的密钥。"))
    if info.role is not role:
        raise ClerkError(
            _("「{name}」的密钥是{has}用的，不能以{wants}身份签署。").format(
                name=key_name, has=ROLE_LABELS[info.role], wants=ROLE_LABELS[role]
            )
        )
