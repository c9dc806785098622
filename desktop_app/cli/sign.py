"""Commands that sign: here, or by carrying the file to another machine and home again."""

import hashlib
from argparse import Namespace

from desktop_app.cli import streams
from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import at_hand, opened
from desktop_app.cli.passphrase import given
from desktop_app.desk import keys, sign_elsewhere, sign_report
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import Role


def run(options: Namespace) -> Answer:
    """sign PERIOD --role R --key N | PERIOD --carry FILE | --file FILE --role R --key N --out FILE | --take FILE."""
    ways = [bool(options.carry), bool(options.file), bool(options.take)]
    if sum(ways) > 1:
        raise UsageError(_("--carry、--file、--take 一次只能用一个。"))
    if options.take:
        return _take(options)
    if options.file:
        return _carried(options)
    if not options.period:
        raise UsageError(_("没有写报告期。"), _("例如 sign 2023-03 --role preparer --key 姓名。"))
    return _carry(options) if options.carry else _here(options)


def _here(options: Namespace) -> Answer:
    """In one sitting: the book of this machine has the month and the key."""
    role = _role_and_key(options)
    with opened(options) as desk:
        period = Period.parse(options.period)
        sign_report.refuse_other_role(desk, options.key, role)
        _state(sign_report.statement(desk, period, role))
        secret = _secret(options, desk)
        done = sign_report.sign(desk, period, role, options.key, secret)
    said = _("已签署：{period} 第{revision}版，现有 {count} 个签名，校验码 {code}。")
    return _stands(
        done,
        said.format(period=period.spoken, revision=done.revision, count=done.signatures, code=done.check_code),
    )


def _carry(options: Namespace) -> Answer:
    """Write the sealed file, to be signed elsewhere."""
    with opened(options) as desk:
        code = sign_elsewhere.carry_out(desk, Period.parse(options.period), options.carry)
    return Answer(
        {"path": str(options.carry), "check_code": code},
        [
            _("待签文件已写到 {path}，校验码 {code}。").format(path=options.carry, code=code),
            _("请在另一台电脑上用 sign --file 签署，再用 sign --take 收回。"),
        ],
    )


def _carried(options: Namespace) -> Answer:
    """Sign a file that was carried here."""
    role = _role_and_key(options)
    if options.out is None:
        raise UsageError(_("没有写签好的文件放在哪里。"), _("请用 --out 指定。"))
    _state(sign_elsewhere.statement(options.file, role))
    with at_hand(options) as desk:
        work = sign_elsewhere.prepare(desk, options.file, role, options.key, _secret(options, desk))
    signed = work.run()
    write_file(options.out, signed)
    sha256 = hashlib.sha256(signed).hexdigest()
    return Answer(
        {"path": str(options.out), "sha256": sha256, "role": str(role), "signer": work.name},
        [_("已签署：{path}。请把它带回填报单位，用 sign --take 收回。").format(path=options.out)],
    )


def _take(options: Namespace) -> Answer:
    """Bring a file home that was signed elsewhere."""
    with opened(options) as desk:
        done = sign_elsewhere.take(desk, options.take, tuple(options.trust))
    said = _("带回的签名已收下：第{revision}版，现有 {count} 个签名，校验码 {code}。")
    return _stands(done, said.format(revision=done.revision, count=done.signatures, code=done.check_code))


def _stands(done: sign_report.SignedState, line: str) -> Answer:
    document = {
        "state": str(done.state),
        "revision": done.revision,
        "signatures": done.signatures,
        "check_code": done.check_code,
    }
    return Answer(document, [line])


def _role_and_key(options: Namespace) -> Role:
    if not options.role or not options.key:
        raise UsageError(_("签署要写明 --role 和 --key。"), _("例如 --role approver --key 姓名。"))
    return Role(options.role)


def _secret(options: Namespace, desk: Desk | None) -> str:
    remembered = None
    if desk is not None and not options.passphrase_file:
        remembered = keys.recall_passphrase(desk, options.key)
    return given(options.passphrase_file, remembered, _("请输入「{name}」的密钥口令：").format(name=options.key))


def _state(statement: str) -> None:
    """The statement comes before the passphrase; it is no part of the answer."""
    streams.tell(statement)
