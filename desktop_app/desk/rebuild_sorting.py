"""The files of a rebuild: each verified, and only then sorted by unit, month and revision."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from desktop_app.desk.desk import local_now
from desktop_app.desk.files import read_file
from desktop_app.desk.open_book import find_unit
from desktop_app.desk.rebuild_letters import LETTERS, LetterFile, NotUsed, deliver, read_letter, strangers
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.exchange import digest, open_envelope, to_report
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import Role
from desktop_app.model.report_body import Report
from desktop_app.store.rebuilding import RebuiltMonth

Revision = tuple[Period, int]


@dataclass(frozen=True)
class ReportFile:
    """A report that holds, as it will be in the book."""

    file: str
    month: RebuiltMonth
    trusted: bool
    fingerprints: tuple[str, ...]


@dataclass(frozen=True)
class ReadFiles:
    """Everything that verifies, and what does not."""

    reports: tuple[ReportFile, ...]
    letters: tuple[LetterFile, ...]
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
    letters: list[LetterFile] = []
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
            letters.append(found)
    return ReadFiles(tuple(reports), tuple(letters), tuple(refused))


def sort_out(read: ReadFiles, unit: str | None) -> Sorted:
    """Keep one unit's reports, one file for each revision, and the answers that belong to it."""
    code = find_unit(unit).code if unit else _only_unit(read.reports)
    refused = list(read.refused)
    own: list[ReportFile] = []
    for found in read.reports:
        whose = found.month.report.unit
        if whose.code == code:
            own.append(found)
        else:
            refused.append(NotUsed(found.file, _("这是{unit}的月报，不是本单位的。").format(unit=whose.name)))
    kept, rivals = _one_each(own, {row.letter.report_sha256 for row in read.letters})
    answers, strays = deliver(read.letters, {_sha(row.month.pdf) for row in kept}, code)
    months = tuple(replace(row.month, letters=tuple(answers.get(_sha(row.month.pdf), ()))) for row in kept)
    return Sorted(months, (*refused, *rivals, *strays), _notes(kept, read.letters, months))


def _read(file: Path, pdf: bytes, trusted: bytes) -> ReportFile | LetterFile:
    from desktop_app.signing.certificates import read_certificates

    known = read_certificates(trusted) if trusted else ()
    found = verify_bytes(pdf, known, local_now())
    if not found.valid or found.data is None:
        raise ClerkError(_("没有通过核验：{problem}").format(problem=found.problems[0]))
    if found.kind in LETTERS:
        return read_letter(file, found, known)
    if found.kind != "report":
        raise ClerkError(_("这不是月报、回执或退回单。"), _("请检查是否选错了文件。"))
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
    """One file for each revision: of several the one that was answered, else none of them."""
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
            _("{period} 第{revision}版有另一份文件，有回执或退回单的是那一份。")
            if len(chosen) == 1
            else _(
                "{period} 第{revision}版有两份不同的文件，说不准报送的是哪一份；请只给出那一份，或连同回执、退回单。"
            )
        )
        rivals += [NotUsed(row.file, reason.format(period=period, revision=revision)) for row in left]
    return kept, rivals


def _notes(
    kept: Sequence[ReportFile], letters: Sequence[LetterFile], months: Sequence[RebuiltMonth]
) -> tuple[str, ...]:
    """What a person should look at."""
    said = []
    if unsure := sum(not row.trusted for row in kept):
        said.append(
            _("没有单位证书可以对照（--trust 证书），{count} 份月报的签名有效，但签的人是谁未经核对。").format(
                count=unsure
            )
        )
    if unsure := strangers(letters, {letter.data for month in months for letter in month.letters}):
        said.append(
            _(
                "没有收文方证书可以对照（--trust 证书），{count} 份退回单的签名有效，但是不是收文方签的未经核对。"
            ).format(count=unsure)
        )
    return (*said, *_torn(months))


def _torn(months: Sequence[RebuiltMonth]) -> Iterator[str]:
    """Revisions that say that they correct another file than the one that is here."""
    there = {(month.report.period, month.report.revision): month.data_sha256 for month in months}
    for month in months:
        report, before = month.report, month.report.follows
        if before is not None and there.get((report.period, before.revision), before.data_sha256) != before.data_sha256:
            yield _("{period} 第{revision}版更正的不是给出的第{earlier}版（它写的校验码是 {code}），请核对。").format(
                period=report.period, revision=report.revision, earlier=before.revision, code=before.check_code
            )


def _sha(data: bytes) -> str:
    return sha256(data).hexdigest()
