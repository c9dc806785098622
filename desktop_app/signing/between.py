"""What a signature's certificate says beside the arithmetic: revoked before or after, and the same unit throughout."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509

from desktop_app.language import _
from desktop_app.signing import certificates, revocation


def revoked(
    certificate: x509.Certificate,
    signed_at: datetime | None,
    stamped_at: datetime | None,
    lists: Sequence[x509.CertificateRevocationList],
) -> tuple[str | None, str | None]:
    """What speaks against a signature because its certificate was revoked, and what only has to be said.

    The signer's own time counts unless the key was stolen: whoever has it writes any time. Then only a timestamp does.
    """
    found = revocation.revoked(certificate, lists)
    if found is None or signed_at is None:
        return None, None
    day = found.at.strftime("%Y-%m-%d")
    if signed_at >= found.at:
        return _("证书在签署之前已被吊销（{day}）。").format(day=day), None
    if found.stolen and (stamped_at is None or stamped_at >= found.at):
        return _("证书因密钥失窃在 {day} 被吊销，签署时间无从证明。").format(day=day), None
    return None, _("证书后来在 {day} 被吊销；按签名写明的时间，签署在此之前。").format(day=day)


def changed(found: Sequence[x509.Certificate]) -> Iterator[tuple[bool, str]]:
    """What differs between the certificates of a file's signatures: whether it is a problem, and the sentence.

    A report speaks for one unit, so two organisations cannot both stand under it. Another issuer can be right: one
    person's certificate comes from the unit, another's from an authority; whether it is trusted is judged for each.
    """
    units = [(certificates.organisation(one), certificates.common_name(one)) for one in found]
    for before, after in pairwise(units):
        if before[0] and after[0] and before[0] != after[0]:
            yield (
                True,
                _("签名人不属于同一单位：{first}的证书是「{one}」的，{second}的证书是「{two}」的。").format(
                    first=before[1], one=before[0], second=after[1], two=after[0]
                ),
            )
    for one, other in pairwise(found):
        names = certificates.issuer(one), certificates.issuer(other)
        if names[0] != names[1]:
            yield (
                False,
                _("两个签名的证书由不同的发证方签发：{first}的由「{one}」，{second}的由「{two}」。").format(
                    first=certificates.common_name(one),
                    one=names[0],
                    second=certificates.common_name(other),
                    two=names[1],
                ),
            )
        elif certificates.issuer_key(one) != certificates.issuer_key(other):
            yield False, _("两个签名的证书由同名而密钥不同的发证方「{name}」签发，请核对指纹。").format(name=names[0])


def refuse_other_unit(before: Sequence[x509.Certificate], own: x509.Certificate) -> str | None:
    """Why a signature with this certificate would not stand beside those there; None where it would."""
    return next((sentence for problem, sentence in changed([*before, own]) if problem), None)
