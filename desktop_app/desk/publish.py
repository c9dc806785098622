"""Task tables and calendars for those who report here: signed, with the original inside. Nothing is kept of it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.deadlines.year_file import LARGEST, doubts, read_year
from desktop_app.desk import keys, letters
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file, write_file
from desktop_app.desk.letters import Letter
from desktop_app.errors import ClerkError
from desktop_app.exchange import calendar_json, plan_json
from desktop_app.exchange.names import safe_name
from desktop_app.language import _
from desktop_app.model.packs import CalendarPack, PackAnswer, PackFile, PlanPack
from desktop_app.model.plan import Plan, Question
from desktop_app.model.report_body import ReportTask
from desktop_app.model.unit import Directory, Unit
from desktop_app.plans import import_plan
from desktop_app.signing.keys import KeyFolder, LoadedKey
from desktop_app.store.evidence import media_type_of

LARGEST_TABLE = 40 * 1024 * 1024
Wanted = Callable[[], object]


@dataclass(frozen=True)
class Publisher:
    """Who hands out, by which key: all that is needed of a book, so that the work may run in any thread."""

    unit: Unit
    directory: Directory
    sender: letters.Sender
    folder: KeyFolder
    key: str
    passphrase: str

    def load(self) -> LoadedKey:
        """The key, ready to sign; ClerkError."""
        return self.folder.load_key(self.key, self.passphrase, at=self.sender.clock)


@dataclass(frozen=True)
class Published:
    """What was written. `questions` are what those who take a table in will have to settle themselves."""

    path: Path
    sha256: str
    check_code: str
    issued_at: datetime
    plan: Plan | None = None
    questions: tuple[Question, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MadeTable:
    """A signed task table before it is written anywhere."""

    pdf: bytes
    check_code: str
    issued_at: datetime
    plan: Plan


def publisher(desk: Desk, key_name: str, passphrase: str) -> Publisher:
    """The desk's own, at this moment."""
    return Publisher(desk.unit, desk.directory, letters.sender(desk), keys.key_folder(desk), key_name, passphrase)


def publish_plan(
    by: Publisher,
    table: Path,
    out: Path | None,
    *,
    answers: Mapping[str, str] | None = None,
    wanted: Wanted = lambda: None,
) -> Published:
    """Write a task table as a signed file; ClerkError where it is no table. Open questions travel as they are.

    Without `out` it goes into the present folder, under a name that says what it is. `wanted` is asked before it is
    written, and raises where nobody waits for it any longer.
    """
    data = read_file(table, largest=LARGEST_TABLE)
    return send_table(by, data, table.name, out, answers=answers or {}, wanted=wanted)


def send_table(
    by: Publisher,
    data: bytes,
    name: str,
    out: Path | None,
    *,
    answers: Mapping[str, str],
    to: Unit | None = None,
    wanted: Wanted = lambda: None,
) -> Published:
    """The same for bytes, and for one unit where it is `to`."""
    made = make_table(by, data, name, answers=answers, to=to)
    target = out or Path.cwd() / safe_name(f"任务表_{made.plan.year}_{made.check_code}.pdf")
    wanted()
    write_file(target, made.pdf)
    sha256, questions = hashlib.sha256(made.pdf).hexdigest(), made.plan.open_questions
    return Published(target, sha256, made.check_code, made.issued_at, made.plan, questions)


def make_table(
    by: Publisher, data: bytes, name: str, *, answers: Mapping[str, str], to: Unit | None = None
) -> MadeTable:
    """A task table as a signed file's bytes, written nowhere yet."""
    from desktop_app.rendering import render_notice
    from desktop_app.rendering.notices import of_plan

    plan = import_plan(data, name, by.directory, answers).plan
    unused = sorted(set(answers) - {decision.id for decision in plan.decisions})
    if unused:
        raise ClerkError(
            _("任务表里没有这些问题：{ids}。").format(ids="、".join(unused[:5])), _("请核对答复文件里的编号。")
        )
    key, at = by.load(), by.sender.now
    pack = _pack(by.unit, plan, data, name, to, at)
    letter = Letter(
        "plan.json",
        plan_json(pack),
        "任务表",
        f"任务表 {pack.title}",
        f"{pack.year},{pack.issuer_code},{pack.document_number}",
        lambda code, sha256: render_notice(of_plan(pack), code, sha256=sha256),
        files=[(pack.file.name, pack.file.media_type, data)],
        reason="印发任务表",
        signs_as="印发单位",
    )
    pdf, code = letters.signed_by(by.sender, letter, key)
    return MadeTable(pdf, code, at, plan)


def publish_calendar(by: Publisher, file: Path, out: Path | None, *, wanted: Wanted = lambda: None) -> Published:
    """Write a year file as a signed file; ClerkError says what is wrong with it."""
    from desktop_app.rendering import render_notice
    from desktop_app.rendering.notices import of_calendar

    year = read_year(read_file(file, largest=LARGEST), file.name)
    key, at = by.load(), by.sender.now
    pack = CalendarPack(
        issuer_code=by.unit.code,
        issuer_name=by.unit.name,
        issued_at=at,
        year=year.year,
        notice=year.notice,
        title=year.title,
        holidays=tuple(sorted(year.holidays)),
        makeup_workdays=tuple(sorted(year.makeup)),
    )
    letter = Letter(
        "calendar.json",
        calendar_json(pack),
        "工作日历",
        f"{pack.year}年工作日历",
        f"{pack.year},{pack.issuer_code}",
        lambda code, sha256: render_notice(of_calendar(pack), code, sha256=sha256),
        reason="印发工作日历",
        signs_as="印发单位",
    )
    pdf, code = letters.signed_by(by.sender, letter, key)
    target = out or Path.cwd() / safe_name(f"工作日历_{year.year}_{code}.pdf")
    wanted()
    write_file(target, pdf)
    return Published(target, hashlib.sha256(pdf).hexdigest(), code, at, doubts=doubts(year))


def _pack(issuer: Unit, plan: Plan, data: bytes, name: str, to: Unit | None, at: datetime) -> PlanPack:
    titles = {annex.number: annex.title for annex in plan.annexes}
    return PlanPack(
        issuer_code=issuer.code,
        issuer_name=issuer.name,
        issued_at=at,
        to_code=to.code if to else "",
        to_name=to.name if to else "",
        title=plan.title,
        document_number=plan.document_number,
        year=plan.year,
        sample=plan.sample,
        file=PackFile(safe_name(name), media_type_of(name), len(data), hashlib.sha256(data).hexdigest()),
        answers=tuple(PackAnswer(decision.id, decision.choice) for decision in plan.decisions),
        tasks=tuple(ReportTask(task, titles.get(task.annex, ""), required=True) for task in plan.tasks),
        indicators=plan.indicators,
    )
