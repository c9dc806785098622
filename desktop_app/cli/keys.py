"""Commands on signing keys."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.cli.passphrase import given
from desktop_app.desk import keys
from desktop_app.language import _
from desktop_app.model.report import Role


def new(options: Namespace) -> Answer:
    """key new --name N --role R."""
    with opened(options) as desk:
        kept = None if options.passphrase_file else keys.passphrase_in_vault(desk, options.name)
        passphrase = given(options.passphrase_file, kept, _("请为新密钥设一个口令："))
        made = keys.new_key(desk, options.name, Role(options.role), passphrase)
    lines = [_("已新建密钥：{name}。").format(name=made.name), *_lines([made])]
    if not keys.vault_status().safe:
        lines.append(_("本机没有可用的安全钥匙串，每次签署都要输入口令。"))
    return Answer({"keys": [key_plain(made)]}, lines)


def take(options: Namespace) -> Answer:
    """key import FILE.p12."""
    with opened(options) as desk:
        passphrase = given(options.passphrase_file, None, _("请输入密钥文件的口令："))
        made = keys.import_key(desk, options.file, options.name, Role(options.role), passphrase)
    return Answer({"keys": [key_plain(made)]}, _lines([made]))


def show(options: Namespace) -> Answer:
    """key list."""
    with opened(options) as desk:
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
    }


def _lines(found: "tuple[keys.KeyInfo, ...] | list[keys.KeyInfo]") -> list[str]:
    return [f"{key.name}  {key.role}  {key.kind}  {key.not_after:%Y-%m-%d}  {key.fingerprint}" for key in found]
