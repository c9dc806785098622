"""A document timestamp behind the signatures: that it is one, holds, and is all that was added."""

# mypy: allow-untyped-calls

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from desktop_app.language import _
from desktop_app.signing import certificates, trust
from desktop_app.signing.container import token_is_canonical

FIELD = "ReceivedAt"  # /T; part of the file format, never changed
_FIELD_KEYS = {"/FT", "/T", "/TU", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"}
_VALUE_KEYS = {"/Type", "/Filter", "/SubFilter", "/ByteRange", "/Contents"}
_HIDDEN = 132  # flags: print, locked; the rectangle has no size
_CLOCKS_DIFFER = timedelta(days=1)
_OBJECT = re.compile(rb"\d+[\x00\t\n\f\r ]+\d+[\x00\t\n\f\r ]+obj")


@dataclass(frozen=True, slots=True)
class StampReport:
    """When somebody had the file, by that somebody's clock. `problem` says why the stamp does not hold."""

    by: str
    at: datetime
    trusted: bool
    fingerprint: str
    problem: str | None


def unstamped(pdf: bytes, reader: PdfFileReader) -> tuple[bytes, EmbeddedPdfSignature | None]:
    """The bytes as they were signed, and the document timestamp behind them; None where there is none."""
    embedded = list(reader.embedded_signatures)
    if len(embedded) < 2 or embedded[-1].sig_object.get("/Type") != "/DocTimeStamp":
        return pdf, None
    return pdf[: end_of(embedded[-2])], embedded[-1]


def end_of(signature: EmbeddedPdfSignature) -> int:
    """Where the bytes end that a signature covers."""
    _first, _before, after, length = (int(number) for number in signature.byte_range)
    return after + length


def report(
    pdf: bytes,
    stamp: EmbeddedPdfSignature,
    signed_at: Sequence[datetime],
    trusted: Sequence[x509.Certificate],
    at: datetime,
) -> StampReport:
    """What a document timestamp says and whether it holds; `signed_at` are the times the signers wrote."""
    certificate = x509.load_der_x509_certificate(stamp.signer_cert.dump())
    moment = stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    problem = _problem(pdf, stamp, certificate, moment)
    if problem is None and moment > at + _CLOCKS_DIFFER:
        problem = _("收文时间戳的时间晚于现在，请核对双方电脑的时钟。")
    if problem is None and any(own > moment + _CLOCKS_DIFFER for own in signed_at):
        problem = _("签名写明的时间晚于收文时间戳，请核对双方电脑的时钟。")
    known = trust.leads_to(stamp.signer_cert, stamp.other_embedded_certs, trusted, moment)
    who = certificates.organisation(certificate) or certificates.common_name(certificate)
    return StampReport(who, moment, known, certificates.fingerprint(certificate), problem)


def _problem(pdf: bytes, stamp: EmbeddedPdfSignature, certificate: x509.Certificate, moment: datetime) -> str | None:
    if not _is_all_that_was_added(pdf, stamp):
        return _("收文时间戳之外还有别的改动。")
    status = validate_pdf_timestamp(stamp, trust.context([stamp.signer_cert], moment), skip_diff=True)
    covers = stamp.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and covers and token_is_canonical(pdf, stamp)):
        return _("收文时间戳与文件不符，或时间戳本身被改动过。")
    if not certificates.valid_on(certificate, moment) or not certificates.only_stamps(certificate):
        return _("收文时间戳的证书不在有效期内，或不是用来加盖时间戳的。")
    return None


def _holds_only_what_it_lists(pdf: bytes, start: int, reader: PdfFileReader, last: int) -> bool:
    """Whether the last saving begins where the signed bytes end, and has no object that its index does not name.

    Readers that find an index broken gather whatever objects lie about.
    """
    listed = {reader.xrefs.get_historical_ref(ref, last) for ref in reader.xrefs.explicit_refs_in_revision(last)}
    there = {start + found.start() for found in _OBJECT.finditer(pdf[start:])}
    return listed == there and min(there, default=-1) == start


def _is_all_that_was_added(pdf: bytes, stamp: EmbeddedPdfSignature) -> bool:
    """Whether the last saving holds the stamp's field and value, their two entries in lists, and nothing else."""
    reader = stamp.reader
    last = reader.xrefs.total_revisions - 1
    signed = list(reader.embedded_signatures)[-2]
    if stamp.signed_revision != last or signed.signed_revision != last - 1:
        return False
    if not _holds_only_what_it_lists(pdf, end_of(signed), reader, last):
        return False
    old, new = reader.get_historical_resolver(last - 1), reader.get_historical_resolver(last)
    if any(reader.trailer.flatten(last).get(key) != reader.trailer.flatten(last - 1).get(key) for key in _TRAILER):
        return False
    place = _field_of(new)
    if place is None or reader.xrefs.refs_freed_in_revision(last):
        return False
    field, value = place
    for ref in reader.xrefs.explicit_refs_in_revision(last):
        if (ref.idnum, ref.generation) in (field, value):
            if not old.is_ref_unassignable(ref):  # an object that was something else before
                return False
        elif not _is_xref_stream(new(ref)) and not _gained(old, new, ref, field):
            return False
    return True


_TRAILER = ("/Root", "/Info", "/Encrypt")


def _field_of(new: HistoricalResolver) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where the stamp's field and value lie; None where they are not in the one form that we write."""
    for entry in new.root["/AcroForm"]["/Fields"]:
        field = entry.get_object()
        if field.get("/T") != FIELD:
            continue
        shown = [float(number) for number in field["/Rect"]]
        value = field["/V"]
        plain = set(field) == _FIELD_KEYS and set(value) == _VALUE_KEYS and value["/Type"] == "/DocTimeStamp"
        reference = field.raw_get("/V")
        if plain and shown == [0, 0, 0, 0] and field["/F"] == _HIDDEN and field["/FT"] == "/Sig":
            return (entry.idnum, entry.generation), (reference.idnum, reference.generation)
    return None


def _is_xref_stream(found: generic.PdfObject) -> bool:
    return isinstance(found, generic.StreamObject) and found.get("/Type") == "/XRef"


def _gained(old: HistoricalResolver, new: HistoricalResolver, ref: generic.Reference, field: tuple[int, int]) -> bool:
    """Whether an object is what it was but for the field at the end of its list: the form's, or the first page's."""
    try:
        before, after = old(ref), new(ref)
    except Exception:  # noqa: BLE001 - an object that was not there before; whatever is raised, it is not the form
        return False
    lists = [key for key, owner in _owners(new) if owner == (ref.idnum, ref.generation)]
    if isinstance(after, generic.ArrayObject):
        return lists == [""] and _longer_by(before, after, field)
    if len(lists) != 1 or not isinstance(after, generic.DictionaryObject) or type(before) is not type(after):
        return False
    key = lists[0]
    same = all(after.raw_get(name) == before.raw_get(name) for name in before if name != key)
    if not same or set(after) - set(before) - {key}:
        return False
    had = before.raw_get(key) if key in before else generic.ArrayObject()
    return isinstance(had, generic.ArrayObject) and _longer_by(had, after.raw_get(key), field)


def _owners(new: HistoricalResolver) -> Iterator[tuple[str, tuple[int, int]]]:
    """The two lists that may grow: by which key, in which object; "" where the list is an object itself."""
    form = new.root.raw_get("/AcroForm")
    page = new.root["/Pages"]["/Kids"].raw_get(0)
    while "/Kids" in page.get_object():
        page = page.get_object()["/Kids"].raw_get(0)
    for owner, key in ((form, "/Fields"), (page, "/Annots")):
        if isinstance(owner, generic.IndirectObject):
            held = owner.get_object().raw_get(key)
            inside = isinstance(held, generic.IndirectObject)
            yield ("", (held.idnum, held.generation)) if inside else (key, (owner.idnum, owner.generation))


def _longer_by(before: generic.PdfObject, after: generic.PdfObject, field: tuple[int, int]) -> bool:
    if not isinstance(before, generic.ArrayObject) or not isinstance(after, generic.ArrayObject):
        return False
    entry = after.raw_get(len(after) - 1) if after else None
    last = (entry.idnum, entry.generation) if isinstance(entry, generic.IndirectObject) else None
    return last == field and list(map(before.raw_get, range(len(before)))) == list(
        map(after.raw_get, range(len(after) - 1))
    )
