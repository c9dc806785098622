"""The receipts and returns of a year as they came in, each verified, by the revision that they answer."""

from dataclasses import dataclass
from typing import Any

from desktop_app.desk.desk import Desk
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import WorldError
from desktop_app.exchange import open_envelope, to_receipt, to_return
from desktop_app.language import _
from desktop_app.model.archive import ArchivedLetter
from desktop_app.model.period import Period
from desktop_app.model.receipt import Receipt
from desktop_app.store import months, sealed, transfers


@dataclass(frozen=True)
class KeptLetter:
    """A receipt or a return with its bytes."""

    kind: str
    found: Verified
    data: dict[str, Any]

    def listed(self, path: str) -> ArchivedLetter:
        """As the list of contents has it."""
        letter = to_receipt(self.data) if self.kind == "receipt" else to_return(self.data)
        if isinstance(letter, Receipt):
            at, said = letter.received_at, "按时" if letter.on_time else "逾期"
        else:
            at, said = letter.returned_at, f"{len(letter.remarks)} 条意见"
        return ArchivedLetter(
            self.kind, path, at, letter.bureau, self.found.check_code or "", letter.report_sha256, said
        )


def letters(desk: Desk, year: int) -> tuple[dict[tuple[Period, int], list[KeptLetter]], list[str]]:
    """By period and revision, and a sentence for each that answers no report of this book.

    WorldError where one does not hold any more.
    """
    reports = _reports(desk, year)
    found: dict[tuple[Period, int], list[KeptLetter]] = {}
    stray = []
    for sha256, kind in transfers.letters(desk.book):
        pdf = transfers.content(desk.book, sha256)
        data = open_envelope(pdf).data
        if Period.parse(data["period"]).year != year:
            continue
        verified = verify_bytes(pdf, (), desk.clock())
        if verified.problems:
            raise WorldError(
                _("收到的文件 {name} 没有通过核验，没有归档：{why}").format(name=sha256[:16], why=verified.problems[0]),
                _("请从备份恢复后再归档。"),
            )
        place = reports.get(str(data["data_sha256"]))
        if place is None:
            stray.append(_("收到的文件 {name} 不是对本簿月报的答复，没有归入。").format(name=sha256[:16]))
        else:
            found.setdefault(place, []).append(KeptLetter(kind, verified, data))
    return found, stray


def _reports(desk: Desk, year: int) -> dict[str, tuple[Period, int]]:
    """By the digest of its data, which revision of which month it is."""
    marks = (
        (sealed.mark(desk.book, month.id), month) for month in months.months(desk.book) if month.period.year == year
    )
    return {mark.data_sha256: (month.period, month.revision) for mark, month in marks if mark is not None}
