"""Sign a PDF: the preparer certifies it, a reviewer may join in, the approver locks it; a receipt is locked at once.

PAdES B-B: there is no timestamp authority offline, so the time in a signature is the signer's own word.
"""

# mypy: allow-untyped-calls

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS, Role
from desktop_app.signing import between
from desktop_app.signing.certificates import PrivateKey, chain_to_root
from desktop_app.signing.fields import FIELD_NAMES, READABLE_NAMES, RECEIPT_READABLE_NAME, ROLES, Box
from desktop_app.signing.keys import LoadedKey, refuse_unfit
from desktop_app.signing.mark import mark_lines, mark_style
from desktop_app.signing.verify import quiet, verify

_REASONS = {Role.PREPARER: "填报", Role.REVIEWER: "审核", Role.APPROVER: "同意报送"}
_RECEIPT_LABEL = "收文方"


def sign(
    pdf: bytes,
    role: Role,
    key: LoadedKey,
    *,
    signer_name: str,
    at: datetime,
    boxes: Mapping[Role, Box],
    final: bool,
    statement: str = "",
) -> bytes:
    """The bytes with one more signature. `boxes` is read for the first one, which makes the fields of all roles.

    `statement` is what the signer was shown and states by signing; it stands in the signature as its reason.

    `final` must say what the role means: only the approver's signature locks the file. ClerkError for a role that has
    signed, out of turn, after the lock, with an unfit key, or on a file that does not verify.
    """
    if final is not (role is Role.APPROVER):
        raise ValueError(f"{role} with final={final}")
    refuse_unfit(key, at)
    writer = _open(pdf)
    signed = _signed(writer)
    _refuse_out_of_turn(role, signed)
    if signed:
        _refuse_unsound(pdf, tuple(signed), key, at)
        size = _place_of(writer, role)
    else:
        size = _make_fields(writer, boxes)[role]
    reason = f"{_REASONS[role]}：{statement}" if statement else _REASONS[role]
    meta = _metadata(role, signer_name, reason, MDPPerm.FILL_FORMS if role is Role.PREPARER else None)
    return _write(writer, meta, key, mark_lines(ROLE_LABELS[role], signer_name, at), size, at)


def sign_receipt(
    pdf: bytes, key: LoadedKey, *, signer_name: str, at: datetime, box: Box, reason: str = "收到", label: str = ""
) -> bytes:
    """The bytes under one certifying signature that allows no change at all, in the field Approver.

    So is every file signed that an office sends out; `reason` and `label` say what for and as what.
    """
    refuse_unfit(key, at)
    writer = _open(pdf)
    if _signed(writer):
        raise ClerkError(_("这份文件已经签过名，不能再签成回执。"), _("请重新生成回执。"))
    append_signature_field(writer, _spec(Role.APPROVER, RECEIPT_READABLE_NAME, box))
    meta = _metadata(Role.APPROVER, signer_name, reason, MDPPerm.NO_CHANGES)
    return _write(writer, meta, key, mark_lines(label or _RECEIPT_LABEL, signer_name, at), _size(box), at)


class Writer(IncrementalPdfFileWriter):
    """Leaves Info and XMP as they were made: their dates are ours, not the clock's, and a lock covers them too."""

    def _update_meta(self) -> None:
        """Nothing: pyHanko would put its own name and the present time there."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Nothing: pyHanko asks for 2.0 under PAdES, and PDF/A-3 is PDF 1.7 (ISO 19005-3, 6.1.2)."""


class _SignerAt(PdfSigner):
    """Signs at a given time; pyHanko takes the clock's."""

    def __init__(self, at: datetime, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._at = at

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - pyHanko's
    ) -> PdfSigningSession:
        """The session, with its time set."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def _open(pdf: bytes) -> Writer:
    quiet()
    try:
        writer = Writer(io.BytesIO(pdf))
        if writer.prev.encrypted or writer.prev.xrefs.hybrid_xrefs_present:
            raise ClerkError(_("这份 PDF 加了密或结构特殊，不能签名。"), _("请重新生成后再签。"))
    except (PdfError, ValueError, KeyError, TypeError) as problem:
        raise ClerkError(_("这份 PDF 读不了，不能签名。"), _("请重新生成后再签。")) from problem
    return writer


def _signed(writer: Writer) -> list[Role]:
    """Who has signed, in the order of the fields; ClerkError where a signature is none of ours."""
    names = [name for name, _value, _field in enumerate_sig_fields(writer.prev, filled_status=True)]
    if unknown := [name for name in names if name not in ROLES]:
        raise ClerkError(_("文件里有来历不明的签名「{name}」，不能再签。").format(name=unknown[0]), _("请重新生成。"))
    return [ROLES[name] for name in names]


def _refuse_out_of_turn(role: Role, signed: list[Role]) -> None:
    label = ROLE_LABELS[role]
    if role in signed:
        raise ClerkError(_("{role}已经签过，不能再签一次。").format(role=label), _("如需更正，请另起一版。"))
    if Role.APPROVER in signed:
        raise ClerkError(_("单位负责人签署后文件已经锁定，不能再加签名。"), _("如需更正，请另起一版。"))
    if role is not Role.PREPARER and Role.PREPARER not in signed:
        raise ClerkError(_("填报人还没有签署，{role}不能先签。").format(role=label), _("请先由填报人签署。"))


def _refuse_unsound(pdf: bytes, signed: tuple[Role, ...], key: LoadedKey, at: datetime) -> None:
    found = verify(pdf, (), expected=signed, at=at, lists=key.lists)
    if found.problems:
        raise ClerkError(
            _("文件没有通过核验，不能再签名：{problem}").format(problem=found.problems[0]), _("请用签署后保存的原件。")
        )
    other = between.refuse_other_unit(found.certificates, key.certificate)
    if other is not None:
        raise ClerkError(other, _("请用同一单位的密钥签署；没有改动文件。"))


def _make_fields(writer: Writer, boxes: Mapping[Role, Box]) -> dict[Role, tuple[float, float]]:
    """All fields before the first signature: after it only their filling is allowed. Gives the size of each."""
    if not {Role.PREPARER, Role.APPROVER} <= set(boxes):
        raise ValueError("the first signature needs the boxes of preparer and approver")
    for role in (role for role in Role if role in boxes):
        lock = FieldMDPSpec(FieldMDPAction.ALL) if role is Role.APPROVER else None
        spec = _spec(role, READABLE_NAMES[role], boxes[role], lock)
        append_signature_field(writer, spec)
    return {role: _size(box) for role, box in boxes.items()}


def _spec(role: Role, readable: str, box: Box, lock: FieldMDPSpec | None = None) -> SigFieldSpec:
    return SigFieldSpec(
        FIELD_NAMES[role],
        on_page=box.page,
        box=(round(box.x1), round(box.y1), round(box.x2), round(box.y2)),
        field_mdp_spec=lock,
        doc_mdp_update_value=MDPPerm.NO_CHANGES if lock else None,
        readable_field_name=readable,
    )


def _size(box: Box) -> tuple[float, float]:
    return round(box.x2) - round(box.x1), round(box.y2) - round(box.y1)


def _place_of(writer: Writer, role: Role) -> tuple[float, float]:
    """The size of the field that the first signature made for this role."""
    for name, _value, reference in enumerate_sig_fields(writer.prev, filled_status=False):
        if name == FIELD_NAMES[role]:
            left, bottom, right, top = (float(number) for number in reference.get_object()["/Rect"])
            return right - left, top - bottom
    raise ClerkError(
        _("文件里没有给{role}留签名的位置。").format(role=_(ROLE_LABELS[role])), _("请用本软件生成的月报。")
    )


def _metadata(role: Role, name: str, reason: str, certify: MDPPerm | None) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=FIELD_NAMES[role],
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=reason,
        certify=certify is not None,
        docmdp_permissions=certify or MDPPerm.FILL_FORMS,
    )


def _write(
    writer: Writer,
    meta: PdfSignatureMetadata,
    key: LoadedKey,
    lines: tuple[str, ...],
    size: tuple[float, float],
    at: datetime,
) -> bytes:
    if at.tzinfo is None:
        raise ValueError("a signature's time needs its offset")
    out = io.BytesIO()
    with _signer(key) as signer:
        pen = _SignerAt(at, meta, signer=signer, stamp_style=mark_style(lines, size))
        pen.sign_pdf(writer, existing_fields_only=True, output=out)
    return out.getvalue()


@contextmanager
def _signer(key: LoadedKey) -> Iterator[Signer]:
    """Embeds the whole chain up to its root, or the signer alone: a part of a chain vouches for nothing."""
    chain = chain_to_root(key.certificate, key.chain) or ()
    if isinstance(key.private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        yield _simple_signer(key.certificate, key.private, chain)
    else:
        with key.private.signer(key.certificate, chain) as signer:
            yield signer


def _simple_signer(
    certificate: x509.Certificate, private: PrivateKey, chain: tuple[x509.Certificate, ...]
) -> SimpleSigner:
    store = SimpleCertificateStore()
    store.register_multiple(asn1_x509.Certificate.load(above.public_bytes(Encoding.DER)) for above in chain)
    packed = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(packed),
        cert_registry=store,
    )
