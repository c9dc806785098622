"""What becomes of a key after it was made: asked for elsewhere, on a token, renewed, laid down, revoked."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.desk import keys
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file, write_file
from desktop_app.desk.key_owner import owner
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import Role
from desktop_app.signing import vault
from desktop_app.signing.keys import KeyInfo
from desktop_app.store import bureau as enrolments

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from desktop_app.signing.requests import Answered
    from desktop_app.signing.revocation import ListTaken

_LARGEST = 1024 * 1024


@dataclass(frozen=True)
class ListMade:
    """A revocation list that was written for the bureau."""

    path: Path
    count: int


def import_key(desk: Desk, file: Path, name: str | None, role: Role | None, passphrase: str) -> KeyInfo:
    """Take a PKCS#12 key made elsewhere. See owner for name and role."""
    from desktop_app.signing.p12 import unpack

    data, folder = read_file(file, largest=_LARGEST), keys.key_folder(desk)
    held = unpack(data, passphrase) or unpack(data, "")
    if held is None:
        raise ClerkError(_("口令不对，没有导入。"), _("请核对导出这个文件时设的口令。"))
    name, role = owner(desk, held.certificate, name, role)
    return folder.import_p12(data, name, role, passphrase, at=desk.clock())


def request(desk: Desk, name: str, role: Role | None, passphrase: str, file: Path, *, kind: str = "ec") -> KeyInfo:
    """Write a certificate request for a person's key, which is made where there is none of that name."""
    from desktop_app.signing import requests

    folder = keys.key_folder(desk)
    there = name.strip() in {info.name for info in folder.list_keys()}
    if not there and role is None:
        raise ClerkError(_("没有「{name}」的密钥。").format(name=name), _("新申请的请用 --role 写明签署身份。"))
    if not there:
        keys.refuse_short(passphrase)
    data = requests.request_for_person(
        folder, name, role or Role.PREPARER, desk.unit, passphrase, at=desk.clock(), kind=kind
    )
    write_file(file, data)
    return folder.info(name.strip(), desk.clock())


def request_for_unit(desk: Desk, passphrase: str, file: Path) -> None:
    """Write a certificate request for the unit's own certificate."""
    from desktop_app.signing import requests

    keys.refuse_short(passphrase)
    write_file(file, requests.request_for_unit(keys.key_folder(desk), desk.unit, passphrase, at=desk.clock()))


def take_certificate(desk: Desk, file: Path) -> "Answered":
    """Give a certificate that came from an authority to the key that it was asked for."""
    from desktop_app.signing import requests

    return requests.take_answer(keys.key_folder(desk), read_file(file, largest=_LARGEST), desk.unit, at=desk.clock())


def issue(desk: Desk, file: Path, passphrase: str, out: Path) -> tuple[str, str]:
    """Answer a person's request from another machine with a certificate of this unit; gives subject and fingerprint."""
    from desktop_app.signing import lifecycle

    made, data = lifecycle.issue(
        keys.key_folder(desk),
        read_file(file, largest=_LARGEST),
        desk.unit,
        (keys.unit_passphrase(desk), passphrase),
        at=desk.clock(),
    )
    write_file(out, data)
    return made


def token(
    desk: Desk, module: Path, name: str | None, role: Role | None, pin: str, *, slot: int | None = None,
    label: str | None = None, key_id: str | None = None,
) -> KeyInfo:  # fmt: skip
    """Note a key that lies on a token; nothing of it is copied but its certificate. See owner for name and role."""
    from desktop_app.signing import certificates, fitness, records
    from desktop_app.signing import token as tokens

    folder = keys.key_folder(desk)
    if name is not None:
        records.free_name(folder.path, name)  # before the token is asked for anything
    found = [one for one in tokens.find(module, pin, slot=slot, label=label) if key_id in (None, one.key.key_id)]
    if not found:
        raise ClerkError(_("令牌里没有编号为 {id} 的密钥。").format(id=key_id))
    if len(found) > 1:
        listed = "；".join(f"{one.key.key_id}（{certificates.common_name(one.certificate)}）" for one in found)
        raise ClerkError(_("令牌里有几把密钥：{listed}。").format(listed=listed), _("请用 --id 指明哪一把。"))
    (one,) = found
    fitness.refuse_unfit(one.certificate, desk.clock(), folder.lists())
    fitness.refuse_uncomparable(one.certificate)
    if certificates.kind(one.certificate) is None:
        raise ClerkError(
            _("不支持这种密钥。"), _("本软件能用 RSA（2048 位以上）和 EC P-256/384/521；国密 SM2 目前不能用。")
        )
    chain = certificates.chain_to_root(one.certificate, one.others) or ()
    name, role = owner(desk, one.certificate, name, role)
    clean = records.free_name(folder.path, name)
    heads = {"Role": role.value} | one.key.heads()
    records.write(folder.path, records.Record(clean, heads, (one.certificate, *chain)))
    return folder.info(clean, desk.clock())


def renew(desk: Desk, name: str, passphrase: str) -> KeyInfo:
    """A new certificate under the unit for the same person; the old one is kept."""
    from desktop_app.signing import lifecycle

    unit = keys.unit_passphrase(desk)
    return lifecycle.renew(keys.key_folder(desk), name, desk.unit, passphrase, at=desk.clock(), unit_passphrase=unit)


def renew_unit(desk: Desk, passphrase: str) -> str:
    """A new certificate for the unit's same key; gives its fingerprint, for the bureau to enrol."""
    from desktop_app.signing import certificates, lifecycle

    made = lifecycle.renew_unit(keys.key_folder(desk), desk.unit, passphrase, at=desk.clock())
    return certificates.fingerprint(made)


def retire(desk: Desk, name: str) -> KeyInfo:
    """Lay a key down, and forget its passphrase."""
    from desktop_app.signing import lifecycle

    info = lifecycle.retire(keys.key_folder(desk), name, at=desk.clock())
    vault.forget(keys.account(desk, info.name))
    return info


def publish_list(desk: Desk, passphrase: str, file: Path) -> ListMade:
    """Write the list of the unit's keys that were laid down, for the bureau."""
    from desktop_app.signing import lifecycle

    data, count = lifecycle.revocation_list(
        keys.key_folder(desk), desk.unit, (keys.unit_passphrase(desk), passphrase), at=desk.clock()
    )
    write_file(file, data)
    return ListMade(file, count)


def take_list(desk: Desk, file: Path) -> "ListTaken":
    """Take in a revocation list, signed by an issuer that this book knows."""
    from desktop_app.signing import revocation

    data = read_file(file, largest=20 * _LARGEST)
    return revocation.take(keys.key_folder(desk).path, data, _issuers(desk), desk.clock())


def stale_lists(desk: Desk, at: datetime) -> tuple[str, ...]:
    """A sentence for each revocation list that should have been replaced by now."""
    folder = keys.key_folder(desk)
    if not any(folder.path.glob("crl-*.crl")):
        return ()
    from desktop_app.signing import revocation

    told = [revocation.told(found, at) for found in folder.lists()]
    return tuple(
        _("「{issuer}」的吊销名单已过期（应于 {day} 更新），请索取新的。").format(
            issuer=one.issuer, day=one.next_due.strftime("%Y-%m-%d")
        )
        for one in told
        if one.stale and one.next_due
    )


def _issuers(desk: Desk) -> "list[Certificate]":
    """Every issuer known here: the unit's, those above its keys, and those enrolled."""
    from desktop_app.signing import records
    from desktop_app.signing.certificates import read_certificates

    folder = keys.key_folder(desk)
    found = list(folder.unit_chain())
    for name in records.names(folder.path):
        found += records.read(folder.path, name).certificates[1:]
    for known in enrolments.enrolled(desk.book):
        found += read_certificates(known.certificate_pem)
    return found
