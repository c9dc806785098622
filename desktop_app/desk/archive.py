"""归档: a year in one folder that anyone can read and check without this program."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.desk import activities, fonts, units
from desktop_app.desk.archive_letters import KeptLetter, letters
from desktop_app.desk.archive_papers import (
    by_fingerprint,
    certificates_of,
    ledgers,
    plans_of,
    register_of,
    signatures_of,
    tables_of,
)
from desktop_app.desk.desk import Desk
from desktop_app.desk.ledger_facts import BookFacts
from desktop_app.desk.listed_items import carried_into
from desktop_app.desk.month import due
from desktop_app.desk.signed_months import SignedMonth, signed_months, years
from desktop_app.desk.verify_file import verify_bytes
from desktop_app.desk.weights import weights
from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange import kept_report, open_envelope
from desktop_app.exchange.archive_folder import Unfinished
from desktop_app.exchange.archive_marks import archive_problem
from desktop_app.language import _, speaking
from desktop_app.model.archive import (
    CONTENTS,
    FORMAT,
    INDEX,
    VERSION,
    Archive,
    ArchivedEvidence,
    ArchivedLetter,
    ArchivedReport,
    Basis,
)
from desktop_app.model.period import Period
from desktop_app.model.plain import to_plain
from desktop_app.model.plan import Plan
from desktop_app.model.report_body import Report
from desktop_app.store import Month, months, plans, sealed, transfers
from desktop_app.store.snapshot import frozen

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

# What a browser or a desk shows and does not run; anything else is kept as .bin, for a click must start nothing.
_SHOWN = tuple(
    f".{kind}"
    for kinds in (("pdf", "ofd", "txt", "csv", "zip", "rar", "7z"), ("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff"),
                  ("doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps"), ("heic", "mp4", "mp3", "wav"))
    for kind in kinds
)  # fmt: skip
_NOT_ASCII = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True)
class Archived:
    """Where a year lies, what it holds, in how many files. `listing_sha256`: the sum of the list of sums, to be kept
    elsewhere. `notes` are sentences to mind.
    """

    path: Path
    archive: Archive
    files: int
    listing_sha256: str
    notes: tuple[str, ...] = ()


def archive(desk: Desk, year: int, out: Path, *, here: Callable[[], None] = lambda: None) -> Archived:
    """Write the year's folder whole or, under its name, not at all; `here` is called between two files and may raise.

    ClerkError where no month is signed or the folder is not empty, WorldError where something kept does not hold or
    the disk does not take it; what was written by then is gone on with when it is asked for again.
    """
    if year not in years(desk):
        raise ClerkError(
            _("{year}年还没有签署完毕的月报，没有可以归档的。").format(year=year), _("签署至少一个月以后再归档。")
        )
    folder = Unfinished(out)
    try:
        made = _Making(desk, year, folder, here).whole()
        listing_sha256 = folder.finish()
    except BaseException:
        if not folder.stuck:
            folder.drop()
        raise
    notes = [_("归档没有加密：谁拿到文件夹都能读，请妥善保管。")] if desk.encryption_id else []
    return Archived(folder.out, made, len(folder.sums), listing_sha256, (*made.left_out, *notes))


def archive_aside(desk: Desk, year: int, out: Path) -> Callable[[Callable[[], None]], Archived]:
    """The book as it is now, ready to be archived in any thread."""
    opened = frozen(desk.book)
    rehearsal, clock = desk.rehearsal, desk.clock

    def make(here: Callable[[], None]) -> Archived:
        with opened() as book:
            return archive(Desk(book, rehearsal=rehearsal, clock=clock), year, out, here=here)

    return make


@dataclass
class _Making:
    """An archive under way: what it is read from and where it is written."""

    desk: Desk
    year: int
    folder: Unfinished
    here: Callable[[], None]

    def whole(self) -> Archive:
        """Every file, the contents and the index last."""
        from desktop_app.rendering.archive_index import index_page

        made, reports = self.everything()
        self.put(CONTENTS, _json({"format": FORMAT, "version": VERSION, **to_plain(made)}))
        self.put(INDEX, index_page(made, reports).encode())
        return made

    def put(self, name: str, data: bytes) -> str:
        """Write one file; a PDF that is not marked for an archive is refused. Gives the name."""
        self.here()
        if name.endswith(".pdf") and (problem := archive_problem(data)):
            raise WorldError(
                _("{name} 不是可以归档的 PDF/A：{problem}").format(name=name, problem=problem),
                _("请用 journal --verify 核对填报簿，或从备份恢复后再归档。"),
            )
        self.folder.put(name, data)
        return name

    def everything(self) -> tuple[Archive, tuple[Report, ...]]:
        """All files but the contents and the index; what they are, and the reports as they read."""
        fonts.make_ready()
        signed = signed_months(self.desk, self.year)
        revisions = [each for found in signed for each in found.revisions]
        came, stray = letters(self.desk, self.year)
        used: dict[str, Certificate] = {}
        reports, values = [], []
        for month in revisions:
            value, sha256, listed = self._report(month, came.get((month.period, month.revision), []), used)
            reports.append(listed)
            values.append((value, sha256))
        unit, made_at, basis = self.desk.unit, self.desk.now(), self._basis(revisions)
        facts = BookFacts(self.desk, self.year, signed)
        with speaking("zh"):
            made = Archive(
                unit=unit,
                year=self.year,
                made_at=made_at,
                program=__version__,
                sample=any(value.plan.sample for value, _sha256 in values),
                reports=tuple(reports),
                tables=tables_of(values, self.put),
                plans=plans_of(self._plans(revisions), unit, self.desk.directory, facts.day, self.put),
                ledgers=ledgers(facts, self.year, signed, self.put),
                certificates=certificates_of(used, self.put),
                left_out=(*self._left_out(signed), *stray),
                more=register_of(unit, self.year, basis.activities, facts.day, self.put),
                basis=basis,
            )
        return made, tuple(value for value, _sha256 in values)

    def _basis(self, revisions: list[Month]) -> Basis:
        marks, carried = carried_into(self.desk, self.year)
        found = (sealed.mark(self.desk.book, month.id) for month in revisions)
        return Basis(
            weights=weights(self.desk).values,
            deadlines=tuple(due(Period(self.year, number), self.desk) for number in range(1, 13)),
            sealed_at=tuple(seal.sealed_at for seal in found if seal is not None),
            marks=marks,
            carried=carried,
            activities=activities.of_year(self.desk, self.year),
            units=units.own_units(self.desk),
        )

    def _plans(self, revisions: list[Month]) -> list[Plan]:
        """In the order in which the year's reports answer them."""
        found = []
        for plan_id in dict.fromkeys(month.plan_id for month in revisions):
            plan = plans.plan_by_id(self.desk.book, plan_id)
            if plan is None:
                raise LookupError(f"plan {plan_id} is not in the book")
            found.append(plan)
        return found

    def _report(
        self, month: Month, came: list[KeptLetter], used: "dict[str, Certificate]"
    ) -> tuple[Report, str, ArchivedReport]:
        held = sealed.sealed(self.desk.book, month.id)
        if held is None:
            raise LookupError(f"{month.period} is {month.state} and holds no signed report")
        found = verify_bytes(held.pdf, (), self.desk.clock())
        if found.problems or found.data_sha256 != held.data_sha256 or found.check_code != held.check_code:
            why = found.problems[0] if found.problems else _("内嵌数据与簿里记的校验码不一致。")
            raise WorldError(
                _("{period} 第{revision}版的签署原件没有通过核验，没有归档：{why}").format(
                    period=month.period.spoken, revision=month.revision, why=why
                ),
                _("请以报送出去的文件或备份为准，恢复后再归档。"),
            )
        name = f"{month.period}-r{month.revision}"
        inside = open_envelope(held.pdf)
        used |= by_fingerprint(found)
        listed = ArchivedReport(
            period=month.period,
            revision=month.revision,
            state=month.state,
            reason=month.reason,
            check_code=held.check_code,
            data_sha256=held.data_sha256,
            pdf_sha256=held.pdf_sha256,
            pdf=self.put(f"reports/{name}.pdf", held.pdf),
            data=self.put(f"data/{name}.json", inside.data_bytes),
            last_day=due(month.period, self.desk).last_day,
            handed_in_at=month.handed_in_at,
            places=self._places(month),
            signatures=signatures_of(found),
            letters=tuple(self._letter(name, number, each, used) for number, each in enumerate(came, 1)),
            evidence=self._evidence(name, kept_report(inside.data), inside.attachments),
        )
        return kept_report(inside.data), held.data_sha256, listed

    def _letter(self, name: str, number: int, letter: KeptLetter, used: "dict[str, Certificate]") -> ArchivedLetter:
        used |= by_fingerprint(letter.found)
        path = self.put(f"{letter.kind}s/{name}-{number}.pdf", letter.found.pdf)
        return letter.listed(path)

    def _evidence(
        self, name: str, report: Report, attachments: dict[str, tuple[str, bytes]]
    ) -> tuple[ArchivedEvidence, ...]:
        """Each file once, however many tasks it speaks for, under a name that any disk and any browser takes."""
        from desktop_app.exchange import digest

        bodies = {digest(body): body for _kind, body in attachments.values()}
        paths: dict[str, str] = {}
        found = []
        for number, item in enumerate(report.evidence, 1):
            if item.sha256 not in paths:
                ending = Path(item.name).suffix.lower()
                stem = _NOT_ASCII.sub("-", item.task_id).strip("-") or "x"
                file = f"evidence/{name}/{number:03d}_{stem}{ending if ending in _SHOWN else '.bin'}"
                paths[item.sha256] = self.folder_put(file, bodies[item.sha256])
            found.append(ArchivedEvidence(item.task_id, item.name, item.size, item.sha256, paths[item.sha256]))
        return tuple(found)

    def folder_put(self, name: str, data: bytes) -> str:
        """Write a file that somebody attached: it is what it is, PDF/A or not."""
        self.here()
        self.folder.put(name, data)
        return name

    def _places(self, month: Month) -> tuple[str, ...]:
        sent = transfers.outbox(self.desk.book)
        found = (each.place for each in sent if (each.period, each.revision) == (month.period, month.revision))
        return tuple(dict.fromkeys(found))

    def _left_out(self, signed: tuple[SignedMonth, ...]) -> list[str]:
        """What of the year is no signed report."""
        there = {(month.period, month.revision) for found in signed for month in found.revisions}
        opened = [month for month in months.months(self.desk.book) if month.period.year == self.year]
        said = [
            _("{period} 第{revision}版没有签署完毕，没有归入。").format(
                period=month.period.spoken, revision=month.revision
            )
            for month in opened
            if (month.period, month.revision) not in there
        ]
        known = {month.period for month in opened}
        none = [Period(self.year, number) for number in range(1, 13) if Period(self.year, number) not in known]
        if none:
            names = "、".join(period.spoken for period in none)
            said.append(_("填报簿里没有这些月份的月报：{months}。").format(months=names))
        return said


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
