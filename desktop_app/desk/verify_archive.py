"""Whether a year's folder is still what was written: sums, signatures, marks, data; and all that follows from them.

Needs no book: what is in it beside signed files is made of these again, and compared.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.desk.archive_again import ReadReport
from desktop_app.desk.archive_held import Held, held_against
from desktop_app.desk.archive_letters import KeptLetter
from desktop_app.desk.archive_papers import plan_data
from desktop_app.desk.desk import local_now
from desktop_app.desk.files import read_file, read_json
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange import kept_report, open_envelope
from desktop_app.exchange.archive_folder import files_of, read_sums, sum_of
from desktop_app.exchange.archive_marks import archive_problem
from desktop_app.language import _
from desktop_app.model.archive import (
    CONTENTS,
    FORMAT,
    INDEX,
    LISTING,
    VERSION,
    Archive,
    ArchivedLetter,
    ArchivedReport,
)
from desktop_app.model.plain import from_plain
from desktop_app.model.plan import Plan
from desktop_app.model.system_words import reason_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_MOST_FILES = 20_000
_LARGEST_LISTING = 8 * 1024 * 1024


@dataclass(frozen=True)
class ArchiveVerdict:
    """What speaks against an archive, in sentences; `notes` do not. `archive` is None where its contents are lost.

    `months` are its signed months as ledgers read them, empty where they could not be made again.
    """

    path: Path
    archive: Archive | None
    files: int
    reports: int
    trusted: bool
    listing_sha256: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    months: tuple[SignedMonth, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.problems


def verify_archive(
    folder: Path,
    trust: Sequence[Path] = (),
    *,
    at: datetime | None = None,
    known: "Sequence[Certificate]" = (),
    here: Callable[[], None] = lambda: None,
) -> ArchiveVerdict:
    """Check a folder from end to end; ClerkError where it is no archive, WorldError where it cannot be read.

    `trust` are files of certificates, `known` certificates at hand; `here` is called between two signed files and may
    raise.
    """
    from desktop_app.signing.certificates import read_certificates

    given = [*known, *(each for path in trust for each in read_certificates(read_file(path, largest=1024 * 1024)))]
    if not (folder / LISTING).is_file():
        raise ClerkError(
            _("「{folder}」不是归档：里面没有 {name}。").format(folder=folder, name=LISTING),
            _("请指定归档的文件夹本身；名字以 .part 结尾的没有做完，请重新归档。"),
        )
    looking = _Looking(folder, given, at or local_now(), here)
    try:
        looking.sums()
        made = looking.contents()
        if made is not None:
            looking.everything(made)
    except OSError as problem:
        raise WorldError(
            _("读不了「{folder}」：{reason}。").format(folder=folder, reason=reason_of(problem)),
            _("请检查权限或存储设备。"),
        ) from problem
    trusted = looking.signatures > 0 and looking.trusted == looking.signatures
    return ArchiveVerdict(
        folder, made, len(looking.listed) + 1, len(looking.reports), trusted, sum_of(folder / LISTING),
        tuple(dict.fromkeys(looking.problems)), (*looking.held.notes, *looking.notes(trusted=trusted)),
        looking.held.months,
    )  # fmt: skip


@dataclass
class _Looking:
    """A folder being looked through. `listed` are its files by the list, `whole` those whose sums agree."""

    folder: Path
    trust: "list[Certificate]"
    at: datetime
    here: Callable[[], None]
    listed: dict[str, str] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    reports: list[ReadReport] = field(default_factory=list)
    held: Held = field(default_factory=lambda: Held((), ()))
    signatures: int = 0
    trusted: int = 0

    def sums(self) -> None:
        """Every file that is listed, and nothing else, in the bytes that are listed."""
        self.listed = read_sums(read_file(self.folder / LISTING, largest=_LARGEST_LISTING).decode("utf-8", "replace"))
        there = set(files_of(self.folder))
        if len(there) > _MOST_FILES:
            raise ClerkError(_("「{folder}」里的文件多得不正常，没有核对。").format(folder=self.folder))
        links = {name for name in there if (self.folder / name).is_symlink()}
        for name in sorted(there - set(self.listed) - {LISTING}):
            self.problems.append(_("多出了清单以外的文件 {name}。").format(name=name))
        for name, digest in self.listed.items():
            if name not in there:
                self.problems.append(_("缺少文件 {name}。").format(name=name))
            elif name in links or sum_of(self.folder / name) != digest:
                self.problems.append(_("文件 {name} 被改动过，或已损坏。").format(name=name))
            else:
                self.whole.add(name)

    def contents(self) -> Archive | None:
        """The list of contents; None, and a problem, where it is not to be read."""
        for name in (CONTENTS, INDEX):
            if name not in self.listed:
                self.problems.append(_("清单里没有 {name}。").format(name=name))
        if CONTENTS not in self.whole:
            return None
        try:
            data = read_json(self.folder / CONTENTS)
            if not isinstance(data, dict) or data.get("format") != FORMAT:
                raise ClerkError(_("{name} 读不懂。").format(name=CONTENTS))
            if data.get("version") != VERSION:
                raise ClerkError(_("这份归档是更新的程序做的，请用新版程序核对。"))
            return from_plain(Archive, {key: data[key] for key in data if key not in ("format", "version")})
        except ClerkError as problem:
            self.problems.append(problem.title)
        except (LookupError, ValueError, ArithmeticError, TypeError):
            self.problems.append(_("{name} 读不懂。").format(name=CONTENTS))
        return None

    def everything(self, made: Archive) -> None:
        """Signatures, marks and data of every file, and whether the list of contents says what they are."""
        said = {*_paths(made), CONTENTS, INDEX}
        for name in sorted(set(self.listed) - said):
            self.problems.append(_("目录里没有列出 {name}。").format(name=name))
        for name in sorted(said - set(self.listed)):
            self.problems.append(_("目录里列出的 {name} 不在清单里。").format(name=name))
        for name in sorted(name for name in self.whole if name.endswith(".pdf") and not name.startswith("evidence/")):
            if problem := archive_problem(self.bytes(name)):
                self.problems.append(_("{name} 不是可以归档的 PDF/A：{problem}").format(name=name, problem=problem))
        for report in made.reports:
            letters = [self._letter(letter, report) for letter in report.letters]
            self._report(report, [each for each in letters if each is not None])
        if len(self.reports) == len(made.reports) and made.reports:
            self.held = self._against(made)
            self.problems += self.held.problems

    def _letter(self, letter: ArchivedLetter, report: ArchivedReport) -> KeptLetter | None:
        found = self._signed(letter.path, letter.kind, letter.check_code)
        if letter.answers != report.pdf_sha256 and not self._answers(letter.path, report):
            self.problems.append(_("{name} 答复的不是 {report}。").format(name=letter.path, report=report.pdf))
        return KeptLetter(letter.kind, found, found.data) if found is not None and found.data is not None else None

    def _report(self, report: ArchivedReport, letters: list[KeptLetter]) -> None:
        found = self._signed(report.pdf, "report", report.check_code)
        if found is None or found.data is None:
            return
        envelope = open_envelope(self.bytes(report.pdf))
        if report.data in self.whole and self.bytes(report.data) != envelope.data_bytes:
            self.problems.append(_("{name} 与月报里内嵌的数据不一致。").format(name=report.data))
        inside = [item["sha256"] for item in found.data["evidence"]]
        for item in report.evidence:
            if item.sha256 not in inside or self.listed.get(item.path) != item.sha256:
                self.problems.append(_("{name} 不是月报里的佐证材料。").format(name=item.path))
        if sorted(inside) != sorted(item.sha256 for item in report.evidence):
            self.problems.append(_("{name} 的佐证材料没有全部取出。").format(name=report.pdf))
            return
        value = kept_report(found.data)
        if (value.period, value.revision) != (report.period, report.revision):
            self.problems.append(_("{name} 不是目录里说的那一版。").format(name=report.pdf))
        if len(letters) == len(report.letters):
            self.reports.append(ReadReport(report, value, found, tuple(letters)))

    def _against(self, made: Archive) -> Held:
        """What is made of the signed files again; where a plan cannot be read, that is said instead."""
        try:
            plans = [self._plan(plan_data(number)) for number in range(1, len(made.plans) + 1)]
        except (LookupError, ValueError, ArithmeticError, TypeError, ClerkError):
            return Held((_("任务表的数据读不懂，台账没有重算。"),), ())
        return held_against(made, self.reports, plans, self._held)

    def _plan(self, name: str) -> Plan:
        if name not in self.whole:
            raise LookupError(name)
        return from_plain(Plan, read_json(self.folder / name))

    def _held(self, name: str) -> bytes | None:
        return self.bytes(name) if name in self.whole else None

    def _signed(self, name: str, kind: str, code: str) -> Verified | None:
        """A signed file that holds and is what the contents say; None, and problems, otherwise."""
        if name not in self.whole:
            return None
        self.here()
        found = verify_bytes(self.bytes(name), self.trust, self.at)
        self.problems += [f"{name}：{problem}" for problem in found.problems]
        if not found.problems and (found.kind != kind or found.check_code != code):
            self.problems.append(_("{name} 不是目录里说的那份文件。").format(name=name))
            return None
        self.signatures += len(found.signatures)
        self.trusted += sum(one.trusted for one in found.signatures)
        return None if found.problems else found

    def _answers(self, name: str, report: ArchivedReport) -> bool:
        """Whether a letter that names other bytes, those of a stamped copy, is about the same data."""
        return name in self.whole and open_envelope(self.bytes(name)).data["data_sha256"] == report.data_sha256

    def bytes(self, name: str) -> bytes:
        """A file's, within bounds."""
        return read_file(self.folder / name)

    def notes(self, *, trusted: bool) -> Iterator[str]:
        """What does not speak against it."""
        if self.signatures and not trusted:
            yield _("签名人的身份没有核对：加 --trust 证书，用当年登记的证书核对。")


def _paths(made: Archive) -> Iterator[str]:
    for report in made.reports:
        yield from (report.pdf, report.data)
        yield from (letter.path for letter in report.letters)
        yield from (item.path for item in report.evidence)
    for table in (*made.plans, *made.ledgers, *made.tables, *made.certificates, *made.more):
        yield from table.paths
