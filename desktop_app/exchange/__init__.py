"""Files that travel: the data inside a report, reading it back from strangers, putting files into folders."""

from desktop_app.exchange.canonical import canonical, check_code, digest
from desktop_app.exchange.documents import (
    calendar_json,
    kept_report,
    plan_json,
    receipt_json,
    report_json,
    return_json,
    to_calendar_pack,
    to_plan_pack,
    to_receipt,
    to_report,
    to_return,
)
from desktop_app.exchange.envelope import KIND_WORDS, Envelope, open_envelope
from desktop_app.exchange.evidence import evidence_names
from desktop_app.exchange.page_codes import printed_check_codes
from desktop_app.exchange.schema import validate

__all__ = [
    "KIND_WORDS",
    "Envelope",
    "calendar_json",
    "canonical",
    "check_code",
    "digest",
    "evidence_names",
    "kept_report",
    "open_envelope",
    "plan_json",
    "printed_check_codes",
    "receipt_json",
    "report_json",
    "return_json",
    "to_calendar_pack",
    "to_plan_pack",
    "to_receipt",
    "to_report",
    "to_return",
    "validate",
]
