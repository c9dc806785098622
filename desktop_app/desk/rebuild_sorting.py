"""The files of a rebuild: each verified, and only then sorted by unit, month and revision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from desktop_app.desk.desk import local_now
from desktop_app.desk.files import read_file
from desktop_app.desk.open_book import find_unit
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.exchange import digest, open_envelope, to_receipt, to_report
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import Report, Role
from desktop_app.store.rebuilding import RebuiltMonth, ReturnedReceipt

Revision = tuple[Period, int]


@dataclass(frozen=True)
class NotUsed:
    """A file that was left out, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class ReportFile:
    """A report that holds, as it will be in the book."""

    file: str
    month: RebuiltMonth
    trusted: bool
    fingerprints: tuple[str, ...]


@dataclass(frozen=True)
class ReceiptFile:
    """A receipt that holds."""

    file: str
    receipt: Receipt
    data: bytes
    trusted: bool


@dataclass(frozen=True)
class ReadFiles:
    """Everything that verifies, and what does not."""

    reports: tuple[ReportFile, ...]
    receipts: tuple[ReceiptFile, ...]
    refused: tuple[NotUsed, ...]


@dataclass(frozen=True)
class Sorted:
    """The months to put back, in order of period and revision; `notes` say what a person should look at."""

    months: tuple[RebuiltMonth, ...]
    refused: tuple[NotUsed, ...]
    notes: tuple[str, ...]


def read_files(files: Sequence[Path], trusted: bytes) -> ReadFiles:
    """Verify every file by itself. Where certificates (PEM) are at hand a report must lead to one of them."""
    reports: list[ReportFile] = []
    receipts: list[ReceiptFile] = []
    refused: list[NotUsed] = []
    seen: dict[str, Path] = {}
    for file in files:
        try:
            pdf = read_file(file)
            first = seen.setdefault(sha256(pdf).hexdigest(), file)
            if first is not file:
                raise ClerkError(_("与 {name} 是同一份文件，只用一次。").format(name=first.name))
            found = _read(file, pdf, trusted)
        except ClerkError as problem:
            refused.append(NotUsed(str(file), str(problem)))
            continue
        if isinstance(found, ReportFile):
            reports.append(found)
        else:
            receipts.append(found)
    return ReadFiles(tuple(reports), tuple(receipts), tuple(refused))


def sort_out(read: ReadFiles, unit: str | None) -> Sorted:
    """Keep one unit's reports, one file for each revision, and the receipt that belongs to it."""
    code = find_unit(unit).code if unit else _only_unit(read.reports)
    refused = list(read.refused)
    own: list[ReportFile] = []
    for found in read.reports:
        whose = found.month.report.unit
        if whose.code == code:
            own.append(found)
        else:
            refused.append(NotUsed(found.file, _("这是{unit}的月报，不是本单位的。").format(unit=whose.name)))
    kept, rivals = _one_each(own, {row.receipt.report_sha256 for row in read.receipts})
    months, strays = _with_receipts(kept, read.receipts)
    return Sorted(months, (*refused, *rivals, *strays), _notes(kept))


def _read(file: Path, pdf: bytes, trusted: bytes) -> ReportFile | ReceiptFile:
    from desktop_app.signing.certificates import read_certificates

    known = read_certificates(trusted) if trusted else ()
    found = verify_bytes(pdf, known, local_now())
    if not found.valid or found.data is None:
        raise ClerkError(_("没有通过核验：{problem}").format(problem=found.problems[0]))
    if found.kind == "receipt":
        return ReceiptFile(str(file), to_receipt(found.data), pdf, found.trusted)
    if found.kind != "report":
        raise ClerkError(_("这不是月报，也不是回执。"), _("请检查是否选错了文件。"))
    if known and not found.trusted:
        raise ClerkError(
            _("签名用的不是给出的（或密钥文件夹里的）单位证书，没有采用。"), _("请核对这份月报是不是本单位签的。")
        )
    return ReportFile(
        str(file), _month(found, to_report(found.data)), found.trusted,
        tuple(signature.fingerprint for signature in found.signatures),
    )  # fmt: skip


def _month(found: Verified, report: Report) -> RebuiltMonth:
    envelope = open_envelope(found.pdf)
    there = {digest(data): data for _type, data in envelope.attachments.values()}
    first = next(row for row in found.signatures if row.role is Role.PREPARER)
    if first.signed_at is None:
        raise ClerkError(_("填报人的签名没有写明时间，没有采用。"))
    return RebuiltMonth(
        report=report,
        data=envelope.data_bytes,
        data_sha256=found.data_sha256 or "",
        check_code=found.check_code or "",
        pdf=found.pdf,
        signatures=len(found.signatures),
        sealed_at=first.signed_at,
        sealer=first.signer,
        files={item.sha256: there[item.sha256] for item in report.evidence},
    )


def _only_unit(reports: Sequence[ReportFile]) -> str | None:
    """The unit of nearly all; ClerkError where two have as many and nobody can say whose book it is to be."""
    counted = Counter(found.month.report.unit.code for found in reports).most_common(2)
    if len(counted) == 2 and counted[0][1] == counted[1][1]:
        names = dict.fromkeys(found.month.report.unit.name for found in reports)
        raise ClerkError(
            _("这些月报属于不同的单位：{names}。").format(names="、".join(names)),
            _("请用 --unit 写明是给哪个单位恢复填报簿。"),
        )
    return counted[0][0] if counted else None


def _one_each(found: Sequence[ReportFile], answered: set[str]) -> tuple[list[ReportFile], list[NotUsed]]:
    """One file for each revision: of several the one that a receipt answers, else none of them."""
    by_revision: dict[Revision, list[ReportFile]] = {}
    for row in found:
        report = row.month.report
        by_revision.setdefault((report.period, report.revision), []).append(row)
    kept, rivals = [], []
    for (period, revision), rows in sorted(by_revision.items()):
        chosen = rows if len(rows) == 1 else [row for row in rows if _sha(row.month.pdf) in answered]
        if len(chosen) == 1:
            kept.append(chosen[0])
        left = rows if len(chosen) != 1 else [row for row in rows if row is not chosen[0]]
        reason = (
            _("{period} 第{revision}版有另一份文件，有回执的是那一份。")
            if len(chosen) == 1
            else _("{period} 第{revision}版有两份不同的文件，说不准报送的是哪一份；请只给出那一份，或连同回执给出。")
        )
        rivals += [NotUsed(row.file, reason.format(period=period, revision=revision)) for row in left]
    return kept, rivals


def _with_receipts(
    kept: Sequence[ReportFile], receipts: Sequence[ReceiptFile]
) -> tuple[tuple[RebuiltMonth, ...], list[NotUsed]]:
    """Every month with the receipt that names its very bytes; a receipt that answers none of them is left out."""
    answers: dict[str, ReturnedReceipt] = {}
    strays = []
    wanted = {_sha(row.month.pdf) for row in kept}
    for found in receipts:
        receipt = found.receipt
        if receipt.report_sha256 not in wanted:
            reason = _("回执对应的月报（{period} 第{revision}版）不在这些文件里，没有采用。")
            strays.append(NotUsed(found.file, reason.format(period=receipt.period, revision=receipt.revision)))
        elif receipt.report_sha256 in answers:
            strays.append(NotUsed(found.file, _("同一份月报已经有一份回执，这一份没有采用。")))
        else:
            answers[receipt.report_sha256] = _returned(found)
    return tuple(replace(row.month, receipt=answers.get(_sha(row.month.pdf))) for row in kept), strays


def _returned(found: ReceiptFile) -> ReturnedReceipt:
    receipt = found.receipt
    effect = _("{period} 第{revision}版已由{bureau}于 {when} 收到，本月办结。").format(
        period=receipt.period,
        revision=receipt.revision,
        bureau=receipt.bureau,
        when=receipt.received_at.strftime("%Y-%m-%d %H:%M"),
    )
    if not found.trusted:
        effect += _("（收文方证书尚未登记，身份未经核对。）")
    return ReturnedReceipt(Path(found.file).name, found.data, effect, receipt.received_at)


def _notes(kept: Sequence[ReportFile]) -> tuple[str, ...]:
    strangers = [row for row in kept if not row.trusted]
    if not strangers:
        return ()
    return (
        _("没有单位证书可以对照（--trust 证书），{count} 份月报的签名有效，但签的人是谁未经核对。").format(
            count=len(strangers)
        ),
    )


def _sha(data: bytes) -> str:
    return sha256(data).hexdigest()
