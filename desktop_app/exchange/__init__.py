"""Files that travel: the data inside a report, reading it back from strangers, putting files into folders."""

from desktop_app.exchange.canonical import canonical, check_code, digest
from desktop_app.exchange.documents import receipt_json, report_json, to_receipt, to_report
from desktop_app.exchange.envelope import Envelope, open_envelope
from desktop_app.exchange.evidence import evidence_names
from desktop_app.exchange.page_codes import printed_check_codes
from desktop_app.exchange.schema import validate

__all__ = [
    "Envelope",
    "canonical",
    "check_code",
    "digest",
    "evidence_names",
    "open_envelope",
    "printed_check_codes",
    "receipt_json",
    "report_json",
    "to_receipt",
    "to_report",
    "validate",
]
