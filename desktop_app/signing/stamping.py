"""A timestamp authority of the bureau's own (RFC 3161): a document timestamp on what was received.

It says when the bureau had these bytes, over and above the time that the signers wrote themselves. It is added after
the approver's lock: PAdES (ETSI EN 319 142-1, 5.5) lets document timestamps follow any signature.
"""

# mypy: allow-untyped-calls

import hashlib
import io
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps.api import TimeStamper

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.unit import Unit
from desktop_app.signing import certificates
from desktop_app.signing.keys import KeyFolder
from desktop_app.signing.p12 import Opened, looks_whole, pack, unpack
from desktop_app.signing.private_files import read_private, write_private
from desktop_app.signing.sign import Writer
from desktop_app.signing.stamped import FIELD

if TYPE_CHECKING:
    from desktop_app.signing.certificates import PrivateKey

READABLE = "收文时间戳"
_FILE = "stamp-authority.p12"
# A policy of our own under the UUID arc (ITU-T X.667): "the clock of the bureau's computer, checked by nobody".
_POLICY = "2.25.155306126407612530903412907137245117043"


@dataclass(frozen=True)
class Authority:
    """The key that stamps, its certificate, and those above it."""

    private: "PrivateKey" = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def authority(
    folder: KeyFolder, unit: Unit, passphrase: str, *, at: datetime, unit_passphrase: str | None = None
) -> Authority:
    """The unit's timestamp authority, made on first use under the unit's certificate and its passphrase.

    `unit_passphrase`: that of the unit's certificate, where it is known and another; the key is kept under it.
    """
    data, words = read_private(folder.path / _FILE), [word for word in (unit_passphrase, passphrase) if word]
    opened = (unpack(data, word) for word in words) if data is not None and looks_whole(data) else ()
    held = next((found for found in opened if found is not None), None)
    if held is not None and certificates.valid_on(held.certificate, at):
        return Authority(held.key, held.certificate, held.chain)
    if data is not None and held is None:
        raise ClerkError(_("时间戳密钥打不开：口令不对或文件损坏。"), _("请核对口令，或从备份恢复密钥文件夹。"))
    word = next((word for word in words if folder.issuer(unit, (word,), at) is not None), passphrase)
    issuer = folder.issuer(unit, (word,), at)
    if issuer is None:
        raise ClerkError(_("单位证书打不开或已过期，不能建时间戳密钥。"), _("请用建第一把密钥时的口令。"))
    private = certificates.new_private_key()
    made = certificates.stamping_certificate(unit.name, private, at, issuer)
    chain = certificates.chain_to_root(made, folder.unit_chain()) or ()
    write_private(folder.path / _FILE, pack(Opened(private, made, chain), "stamp", word))
    return Authority(private, made, chain)


def stamp(pdf: bytes, by: Authority, at: datetime) -> bytes:
    """The bytes with a document timestamp behind them; the first ones are exactly `pdf`."""
    if not certificates.valid_on(by.certificate, at):
        raise ClerkError(_("时间戳证书不在有效期内，没有加盖。"), _("请检查电脑的日期。"))
    writer = Writer(io.BytesIO(pdf))
    out = io.BytesIO()
    PdfTimeStamper(_Clock(by, at), FIELD, readable_field_name=READABLE).timestamp_pdf(writer, "sha256", output=out)
    return out.getvalue()


class _Clock(TimeStamper):
    """Answers requests with this authority's key, at a given time."""

    def __init__(self, by: Authority, at: datetime) -> None:
        super().__init__(include_nonce=False)
        self._by = by
        self._at = at.astimezone(UTC).replace(microsecond=0)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """A granted response."""
        token = _token(self._by, req["message_imprint"], self._at)
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})


def _token(by: Authority, imprint: tsp.MessageImprint, at: datetime) -> cms.ContentInfo:
    """A timestamp token (RFC 3161, 2.4.2) in the one form that `container.token_is_canonical` accepts."""
    own = asn1_x509.Certificate.load(by.certificate.public_bytes(Encoding.DER))
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": _POLICY,
            "message_imprint": imprint,
            "serial_number": secrets.randbits(63),
            "gen_time": at,
            "tsa": asn1_x509.GeneralName("directory_name", own.subject),
        }
    ).dump()
    attributes = cms.CMSAttributes(
        [
            simple_cms_attribute("content_type", "tst_info"),
            simple_cms_attribute("message_digest", hashlib.sha256(info).digest()),
            simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(own)),
        ]
    )
    above = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in by.chain]
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
            "certificates": [own, *above],
            "signer_infos": [_signer_info(by, own, attributes)],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def _signer_info(by: Authority, own: asn1_x509.Certificate, attributes: cms.CMSAttributes) -> cms.SignerInfo:
    data, rsa = attributes.dump(), not isinstance(by.private, ec.EllipticCurvePrivateKey)
    if isinstance(by.private, ec.EllipticCurvePrivateKey):
        value = by.private.sign(data, ec.ECDSA(hashes.SHA256()))
    else:
        value = by.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number}),
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa" if rsa else "sha256_ecdsa"}),
            "signature": value,
        }
    )
