"""Commands on signing keys."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened, opened_either
from desktop_app.cli.passphrase import given
from desktop_app.desk import key_care, keys
from desktop_app.desk.desk import Desk
from desktop_app.errors import UsageError
from desktop_app.language import N_, _
from desktop_app.model.report import ROLE_LABELS, Role

STATE_WORDS = {
    "usable": N_("可用"),
    "waiting": N_("等证书"),
    "retired": N_("已停用"),
    "not_yet": N_("未生效"),
    "expired": N_("已过期"),
    "revoked": N_("已吊销"),
    "unfit": N_("不能签名"),
}


def new(options: Namespace) -> Answer:
    """key new --name N --role R [--kind ec|rsa]."""
    with opened(options) as desk:
        kept = None if options.passphrase_file else keys.passphrase_in_vault(desk, options.name)
        passphrase = given(options.passphrase_file, kept, _("请为新密钥设一个口令："))
        made = keys.new_key(desk, options.name, Role(options.role), passphrase, kind=options.kind)
    lines = [_("已新建密钥：{name}。").format(name=made.name), *_lines([made])]
    if not keys.vault_status().safe:
        lines.append(_("本机没有可用的安全钥匙串，每次签署都要输入口令。"))
    return Answer({"keys": [key_plain(made)]}, lines)


def take(options: Namespace) -> Answer:
    """key import FILE.p12 [--name N] [--role R]."""
    with opened(options) as desk:
        passphrase = given(options.passphrase_file, None, _("请输入密钥文件的口令："))
        made = key_care.import_key(desk, options.file, options.name, _role(options), passphrase)
    return _one(made, guessed=not options.role)


def show(options: Namespace) -> Answer:
    """key list."""
    with opened_either(options) as desk:
        found = keys.list_keys(desk)
    return Answer({"keys": [key_plain(key) for key in found]}, _lines(found) or [_("还没有密钥。")])


def export(options: Namespace) -> Answer:
    """key export --out FILE.pem."""
    with opened(options) as desk:
        fingerprints = keys.export(desk, options.out)
    return Answer(
        {"path": str(options.out), "fingerprints": list(fingerprints)},
        [_("证书已导出到 {path}。").format(path=options.out)]
        + [_("请与收文方核对指纹：{fingerprint}").format(fingerprint=value) for value in fingerprints],
    )


def request(options: Namespace) -> Answer:
    """key request [--name N [--role R] [--kind ec|rsa] | --unit] --out FILE.csr; without a name for the unit."""
    if options.unit and options.name:
        raise UsageError(_("请用 --name 写明为谁申请，或用 --unit 为单位证书申请。"))
    with opened(options) as desk:
        if not options.name:
            key_care.request_for_unit(desk, _passphrase(options, desk, "*"), options.out)
            made = None
        else:
            there = any(info.name == options.name for info in keys.list_keys(desk))
            kept = None if there or options.passphrase_file else keys.passphrase_in_vault(desk, options.name)
            secret = kept or _passphrase(options, desk, options.name)
            made = key_care.request(desk, options.name, _role(options), secret, options.out, kind=options.kind)
    lines = [_("证书申请已写到 {path}，请交给发证方。").format(path=options.out), *(_lines([made]) if made else [])]
    return Answer({"path": str(options.out), "keys": [key_plain(made)] if made else []}, lines)


def take_certificate(options: Namespace) -> Answer:
    """key import-certificate FILE."""
    with opened(options) as desk:
        done = key_care.take_certificate(desk, options.file)
    whose = done.key.name if done.key else _("本单位")
    said = _("已导入{name}的证书，连同上级证书 {count} 张。指纹：{fingerprint}")
    return Answer(
        {
            "keys": [key_plain(done.key)] if done.key else [],
            "unit": done.key is None,
            "chain": done.chain,
            "fingerprint": done.fingerprint,
        },
        [said.format(name=whose, count=done.chain, fingerprint=done.fingerprint)],
    )


def issue(options: Namespace) -> Answer:
    """key issue FILE.csr --out FILE.pem: certify a key of this unit that was made on another machine."""
    with opened(options) as desk:
        subject, fingerprint = key_care.issue(desk, options.file, _passphrase(options, desk, "*"), options.out)
    return Answer(
        {"path": str(options.out), "subject": subject, "fingerprint": fingerprint},
        [
            _("已为 {subject} 签发证书：{path}").format(subject=subject, path=options.out),
            _("请对方用 key import-certificate 导入。指纹：{fingerprint}").format(fingerprint=fingerprint),
        ],
    )


def token(options: Namespace) -> Answer:
    """key token --module LIB [--name N] [--role R] [--slot N | --label L] [--id HEX]."""
    with opened(options) as desk:
        pin = given(options.pin_file, None, _("请输入令牌的 PIN："))
        made = key_care.token(
            desk,
            options.module,
            options.name,
            _role(options),
            pin,
            slot=options.slot,
            label=options.label,
            key_id=options.id.lower() if options.id else None,
        )
    return _one(made, guessed=not options.role)


def renew(options: Namespace) -> Answer:
    """key renew NAME | --unit."""
    if bool(options.name) is bool(options.unit):
        raise UsageError(_("请写明给谁的密钥续期，或用 --unit 给单位证书续期。"))
    with opened(options) as desk:
        if options.unit:
            fingerprint = key_care.renew_unit(desk, _passphrase(options, desk, "*"))
            lines = [_("单位证书已续期，请重新导出并请收文方登记。指纹：{fingerprint}").format(fingerprint=fingerprint)]
            return Answer({"keys": [], "unit": True, "fingerprint": fingerprint}, lines)
        made = key_care.renew(desk, options.name, _passphrase(options, desk, options.name))
    return _one(made)


def retire(options: Namespace) -> Answer:
    """key retire NAME."""
    with opened(options) as desk:
        made = key_care.retire(desk, options.name)
    advice = _("它签过的文件照样核验。请用 key crl --out 导出吊销名单交收文方，并为接任者新建密钥。")
    return Answer({"keys": [key_plain(made)]}, [made.reason, advice])


def lists(options: Namespace) -> Answer:
    """key crl FILE, bureau crl FILE: take a revocation list in; key crl --out FILE: write the unit's own."""
    if bool(options.file) is bool(options.out):
        raise UsageError(_("请写明要导入的吊销名单文件，或用 --out 导出本单位的吊销名单。"))
    with opened_either(options) as desk:
        if options.out:
            made = key_care.publish_list(desk, _passphrase(options, desk, "*"), options.out)
            said = _("吊销名单已写到 {path}，列有 {count} 张证书；请交收文方。")
            return Answer(
                {"path": str(made.path), "revoked": made.count}, [said.format(path=made.path, count=made.count)]
            )
        done = key_care.take_list(desk, options.file)
    due = done.next_due.strftime("%Y-%m-%d") if done.next_due else _("未写明")
    said = _("已采用「{issuer}」的吊销名单：{count} 张证书，签发于 {day}，应于 {due} 更新。")
    line = said.format(issuer=done.issuer, count=done.count, day=done.published.strftime("%Y-%m-%d"), due=due)
    stale = [_("名单已过期，请向发证方索取新的。")] if done.stale else []
    return Answer(
        {
            "issuer": done.issuer,
            "revoked": done.count,
            "published": done.published.isoformat(),
            "next_due": done.next_due.isoformat() if done.next_due else None,
            "stale": done.stale,
        },
        [line, *stale],
    )


def _passphrase(options: Namespace, desk: Desk, name: str) -> str:
    """The passphrase of a key that is there, or of the unit's own certificate (*)."""
    prompt = _("请输入单位证书的口令：") if name == "*" else _("请输入「{name}」的密钥口令：").format(name=name)
    remembered = None if options.passphrase_file else keys.recall_passphrase(desk, name)
    return given(options.passphrase_file, remembered, prompt)


def _role(options: Namespace) -> Role | None:
    return Role(options.role) if options.role else None


def _one(made: keys.KeyInfo, *, guessed: bool = False) -> Answer:
    said = _("没有写 --role，登记为{role}的密钥；不对就另取名字、写明 --role 再登记一次，并停用这一把。")
    lines = [said.format(role=_(ROLE_LABELS[made.role]))] if guessed else []
    return Answer({"keys": [key_plain(made)]}, [*_lines([made]), *lines])


def key_plain(key: keys.KeyInfo) -> dict[str, Any]:
    """A key as the contract names its parts."""
    return {
        "name": key.name,
        "role": str(key.role),
        "subject": key.subject,
        "kind": key.kind,
        "not_before": key.not_before.isoformat(),
        "not_after": key.not_after.isoformat(),
        "fingerprint": key.fingerprint,
        "state": str(key.state),
        "reason": key.reason,
        "storage": key.storage,
        "unit_issued": key.unit_issued,
    }


def _lines(found: Sequence[keys.KeyInfo]) -> list[str]:
    lines = []
    for key in found:
        state = _(STATE_WORDS[str(key.state)])
        lines.append(f"{key.name}  {key.role}  {key.kind}  {key.not_after:%Y-%m-%d}  {state}  {key.fingerprint}")
        if key.reason:
            lines.append(f"    {key.reason}")
    return lines
