"""Whether a certificate may sign now, and if not why, in a sentence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateRevocationList

SOON = timedelta(days=60)


class KeyState(StrEnum):
    """Where a key stands. Only a USABLE one signs."""

    USABLE = "usable"
    WAITING = "waiting"
    RETIRED = "retired"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNFIT = "unfit"


ADVICE = {
    KeyState.WAITING: N_("发证方发回证书后，用 key import-certificate 导入。"),
    KeyState.RETIRED: N_("请用接任者的密钥；用它签过的文件照样核验。"),
    KeyState.NOT_YET: N_("请检查电脑的日期。"),
    KeyState.EXPIRED: N_("请检查电脑的日期；证书过期的用 key renew 续期，或请发证方换发。"),
    KeyState.REVOKED: N_("请用另一把密钥，或请发证方重新发证。"),
    KeyState.UNFIT: N_("请使用用途含“数字签名”或“不可否认”的个人证书。"),
}


def judged(
    certificate: "Certificate", at: datetime, lists: "Sequence[CertificateRevocationList]" = ()
) -> tuple[KeyState, str]:
    """The state of a certificate at a moment, and why in a sentence; "" where there is nothing to say."""
    from desktop_app.signing import certificates, revocation

    who = certificates.common_name(certificate)
    if certificates.may_issue(certificate):
        return KeyState.UNFIT, _("「{name}」的证书是签发别的证书用的（CA），不能用来签月报。").format(name=who)
    if not certificates.may_sign(certificate):
        return KeyState.UNFIT, _("「{name}」的证书不是用来签名的。").format(name=who)
    revoked = revocation.revoked(certificate, lists)
    if revoked is not None:
        return KeyState.REVOKED, _("「{name}」的证书已在 {day} 被吊销，不能再用来签名。").format(
            name=who, day=revoked.at.astimezone(at.tzinfo).strftime("%Y-%m-%d")
        )
    first, last = (
        moment.astimezone(at.tzinfo).strftime("%Y-%m-%d")
        for moment in (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    )
    if not certificates.valid_on(certificate, at):
        early = at < certificate.not_valid_before_utc
        return KeyState.NOT_YET if early else KeyState.EXPIRED, _(
            "「{name}」的证书有效期是 {first} 至 {last}，现在不能用来签名。"
        ).format(name=who, first=first, last=last)
    if certificate.not_valid_after_utc - at < SOON:
        return KeyState.USABLE, _("「{name}」的证书 {last} 到期，请在此之前续期。").format(name=who, last=last)
    return KeyState.USABLE, ""


def refuse_unfit(
    certificate: "Certificate", at: datetime | None, lists: "Sequence[CertificateRevocationList]" = ()
) -> None:
    """ClerkError where a certificate must not sign (at that moment, where one is given)."""
    state, why = judged(certificate, at or certificate.not_valid_before_utc, lists)
    if state is not KeyState.USABLE:
        raise ClerkError(why, _(ADVICE[state]))


def refuse_uncomparable(certificate: "Certificate") -> None:
    """ClerkError where verifiers could not compare the names in it."""
    from desktop_app.signing import certificates

    if not certificates.comparable(certificate):
        raise ClerkError(
            _("证书上的姓名或单位名含有旧标准不认的字，签名会无法核验。"),
            _("请向发证方换一张证书，或用 key new 新建。"),
        )
