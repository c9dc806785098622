"""What the signatures in a PDF say: who signed what, whether all of it still stands, and who is trusted."""

# mypy: allow-untyped-calls

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    FormUpdatingRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.fields import FieldMDPAction, MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel

from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS, Role
from desktop_app.signing import between, certificates, stamped, trust
from desktop_app.signing.certificates import fingerprint, organisation, read_certificates
from desktop_app.signing.container import is_canonical
from desktop_app.signing.deep import with_room
from desktop_app.signing.fields import ROLES
from desktop_app.signing.stamped import StampReport

__all__ = ["SignatureReport", "Verification", "fingerprint", "organisation", "quiet", "read_certificates", "verify"]

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
# After a signature, only the fields made before it may be signed. pyHanko's own policy also lets anyone change title,
# metadata and other form fields, and add fields.
_ONLY_SIGNING = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(field_rules=[SigFieldModificationRule()]),
)
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `role` is None for one that is none of ours; `problem` says why it is not valid.

    `trusted` is judged apart from `valid`: a stranger's signature can be sound. `covers` are the bytes from the start
    that it signed; `note` is what has to be said and does not speak against it.
    """

    role: Role | None
    signer: str
    valid: bool
    trusted: bool
    signed_at: datetime | None
    fingerprint: str
    problem: str | None
    organisation: str = ""
    covers: int = 0
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What a file's signatures say, in the order of signing.

    `intact`: signed, and nothing was changed, added or cut away after any signature. `complete`: every expected role
    has a valid signature. `problems` is empty exactly when both hold. `stamp` is a receiver's document timestamp.
    """

    signatures: tuple[SignatureReport, ...]
    intact: bool
    complete: bool
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()
    stamp: StampReport | None = None
    certificates: tuple[x509.Certificate, ...] = ()


def verify(
    pdf: bytes,
    trusted: Sequence[x509.Certificate],
    *,
    expected: Sequence[Role] = (Role.PREPARER, Role.APPROVER),
    at: datetime,
    lists: Sequence[x509.CertificateRevocationList] = (),
) -> Verification:
    """Verify the bytes; whatever is wrong with them becomes a sentence, never an exception. `lists` were checked.

    A receipt is verified with `expected` (APPROVER,): its only signature must allow no change at all.
    """
    quiet()
    try:
        found = with_room(lambda: _examine(pdf, trusted, at, lists))
    # Bytes from outside can make the reader, the ASN.1 parser and the crypto library raise nearly anything. Whatever
    # it is, the answer to "does this file hold" is no; nothing is kept or changed here that could be left half done.
    except Exception:  # noqa: BLE001
        return Verification((), False, False, (_("文件无法核验：结构损坏，或在签署后被改动过。"),))
    reports, faults, stamp = found.reports, found.faults, found.stamp
    missing = [
        _("缺少{role}的签名。").format(role=_(ROLE_LABELS[role]))
        for role in expected
        if not any(report.role is role for report in reports)
    ]
    if stamp is not None and stamp.problem:
        faults = [*faults, stamp.problem]
    problems = tuple(dict.fromkeys([*faults, *(report.problem for report in reports if report.problem), *missing]))
    complete = all(any(report.role is role and report.valid for report in reports) for role in expected)
    intact = bool(reports) and not faults and all(report.valid for report in reports)
    notes = dict.fromkeys([*(report.note for report in reports if report.note), *found.notes])
    return Verification(tuple(reports), intact, complete, problems, tuple(notes), stamp, found.certificates)


def quiet() -> None:
    """pyHanko logs what we say in our own words; without a handler Python would print it on stderr."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class _Found:
    """Each signature's report, and what is wrong, or to be said, of the file as a whole."""

    reports: list[SignatureReport]
    faults: list[str]
    notes: list[str] = field(default_factory=list)
    stamp: StampReport | None = None
    certificates: tuple[x509.Certificate, ...] = ()


def _examine(
    pdf: bytes,
    trusted: Sequence[x509.Certificate],
    at: datetime,
    lists: Sequence[x509.CertificateRevocationList],
) -> _Found:
    """The signatures are judged on the bytes before a receiver's timestamp, as if it were not there."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    if reader.encrypted:
        return _Found([], [_("文件加了密，不是本软件签署的文件。")])
    signed, last = stamped.unstamped(pdf, reader)
    if last is not None:
        reader = PdfFileReader(io.BytesIO(signed), strict=True)
    embedded = list(reader.embedded_regular_signatures)
    if not embedded:
        return _Found([], [_("文件里没有签名。")])
    times = [one.self_reported_timestamp for one in embedded]
    stamp = stamped.report(pdf, last, [one for one in times if one], trusted, at) if last is not None else None
    stamped_at = stamp.at if stamp and stamp.trusted and not stamp.problem else None
    judge = _Judge(signed, len(embedded), trusted, at, lists, stamped_at)
    reports = [judge.report(signature) for signature in embedded]
    faults = _order_faults(embedded, reader)
    filled = sum(1 for _found in enumerate_sig_fields(reader, filled_status=True))
    if filled != len(embedded) or any(report.role is None for report in reports):
        faults.append(_("文件里有来历不明的签名。"))
    used = tuple(x509.load_der_x509_certificate(one.signer_cert.dump()) for one in embedded)
    differing = list(between.changed(used))
    faults += [sentence for problem, sentence in differing if problem]
    return _Found(reports, faults, [sentence for problem, sentence in differing if not problem], stamp, used)


def _order_faults(embedded: list[EmbeddedPdfSignature], reader: PdfFileReader) -> list[str]:
    """Each signature is one saving of the file, and the last one covers it whole."""
    faults = []
    revisions = [signature.signed_revision for signature in embedded]
    if revisions != list(range(reader.xrefs.total_revisions - len(embedded), reader.xrefs.total_revisions)):
        faults.append(_("文件在签名之外还被保存过：签署后有改动。"))
    if embedded[-1].evaluate_signature_coverage() is not SignatureCoverageLevel.ENTIRE_FILE:
        faults.append(_("最后一个签名没有覆盖整个文件：签署后有改动。"))
    return faults


@dataclass(frozen=True, slots=True)
class _Judge:
    """What every signature of one file is judged by."""

    pdf: bytes
    count: int
    trusted: Sequence[x509.Certificate]
    at: datetime
    lists: Sequence[x509.CertificateRevocationList]
    stamped_at: datetime | None

    def report(self, signature: EmbeddedPdfSignature) -> SignatureReport:
        """One signature's."""
        certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
        role = ROLES.get(signature.field_name)
        signed_at = signature.self_reported_timestamp
        revoked, note = between.revoked(certificate, signed_at, self.stamped_at, self.lists)
        problem = (
            _time_problem(certificate, signed_at, self.at)
            or _change_problem(self.pdf, signature, signed_at or self.at)
            or _rights_problem(signature, role, self.count)
            or revoked
        )
        known = signed_at is not None and trust.leads_to(
            signature.signer_cert, signature.other_embedded_certs, self.trusted, signed_at
        )
        who = certificates.common_name(certificate)
        said = _("「{name}」的签名：{problem}")
        return SignatureReport(
            role=role,
            signer=who,
            valid=problem is None,
            trusted=known,
            signed_at=signed_at,
            fingerprint=fingerprint(certificate),
            problem=None if problem is None else said.format(name=who, problem=problem),
            organisation=organisation(certificate),
            covers=stamped.end_of(signature),
            note=None if note is None else said.format(name=who, problem=note),
        )


def _change_problem(pdf: bytes, signature: EmbeddedPdfSignature, moment: datetime) -> str | None:
    """The signature's own certificate serves as root: here only soundness is judged.

    The difference analysis is the dear part; it comes last, so that a broken file does not get that far.
    """
    status = validate_pdf_signature(
        signature,
        signer_validation_context=trust.context([signature.signer_cert], moment),
        key_usage_settings=_USAGE,
        skip_diff=True,
    )
    if not status.intact:
        return _("签署的内容被改动过。")
    if not (status.valid and status.seed_value_ok and is_canonical(pdf, signature)):
        return _("签名数据本身被改动过，或不是本软件的签名。")
    if not _only_signed_after(signature):
        return _("签署后文件被改动过（增加、替换或删除了内容）。")
    return None


def _only_signed_after(signature: EmbeddedPdfSignature) -> bool:
    """Whether all that was saved later is signatures in the fields that this one left open."""
    signature.compute_integrity_info(diff_policy=_ONLY_SIGNING)
    covered = signature.evaluate_signature_coverage() >= SignatureCoverageLevel.ENTIRE_REVISION
    return bool(covered and signature.summarise_integrity_info()["docmdp_ok"])


def _time_problem(certificate: x509.Certificate, signed_at: datetime | None, at: datetime) -> str | None:
    if signed_at is None or signed_at.tzinfo is None:
        return _("没有写明签署时间。")
    if signed_at > at + _CLOCKS_DIFFER:
        return _("签署时间 {time} 晚于现在，请核对双方电脑的时钟。").format(time=signed_at.strftime("%Y-%m-%d %H:%M"))
    if not certificates.valid_on(certificate, signed_at):
        return _("签署时证书不在有效期内。")
    if not certificates.may_sign(certificate) or certificates.may_issue(certificate):
        return _("证书不是用来签名的。")
    return None


def _rights_problem(signature: EmbeddedPdfSignature, role: Role | None, count: int) -> str | None:
    """The preparer allows later signatures and no more; the approver, and whoever signs alone, allows nothing."""
    if role is Role.PREPARER and signature.docmdp_level is not MDPPerm.FILL_FORMS:
        return _("没有按规定限制后续改动。")
    if role is Role.APPROVER:
        locked = signature.fieldmdp is not None and signature.fieldmdp.action is FieldMDPAction.ALL
        if signature.docmdp_level is not MDPPerm.NO_CHANGES or (count > 1 and not locked):
            return _("没有锁定文件。")
    return None
