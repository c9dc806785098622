"""What an archive holds beside the reports: the year's plans and ledgers, as pages and as workbooks.

Made of values alone, so that they are made again, and compared, when the archive is looked at years later.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.desk import archive_tables
from desktop_app.desk import ledger as yearly
from desktop_app.desk.ledger_facts import Facts
from desktop_app.desk.plan_sheets import plan_tables
from desktop_app.desk.public_edition import register_sheet
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.desk.verify_file import Verified
from desktop_app.model.activity import Activity
from desktop_app.model.archive import ArchivedSignature, ArchivedTable
from desktop_app.model.ledger import LEDGER_WORDS, Ledger, LedgerKind
from desktop_app.model.plain import to_plain
from desktop_app.model.plan import Plan
from desktop_app.model.report import ROLE_LABELS
from desktop_app.model.report_body import Report
from desktop_app.model.unit import Directory, Unit

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

Put = Callable[[str, bytes], str]


def plans_of(plans: Sequence[Plan], unit: Unit, directory: Directory, day: date, put: Put) -> tuple[ArchivedTable, ...]:
    """The plans that the year's reports answer, in that order: as pages, as a workbook, as data."""
    found = []
    for number, plan in enumerate(plans, 1):
        paths = _both(plan_tables(plan, unit, directory), f"plan/plan-{number}", "任务表", day, put)
        data = json.dumps(to_plain(plan), ensure_ascii=False, indent=1) + "\n"
        paths.append(put(plan_data(number), data.encode()))
        said = "" if plan.revision == 1 else f"（第{plan.revision}版）"
        found.append(ArchivedTable(f"{plan.title}{said} {plan.document_number}".strip(), tuple(paths)))
    return tuple(found)


def plan_data(number: int) -> str:
    """Where the data of the first plan, the second, … lie."""
    return f"plan/plan-{number}.json"


def ledgers(facts: Facts, year: int, signed: tuple[SignedMonth, ...], put: Put) -> tuple[ArchivedTable, ...]:
    """The year's ledgers: all tasks in that of performance."""
    found = []
    for kind in LedgerKind:
        word = LEDGER_WORDS[kind]
        made = yearly.ledger_of(facts, year, kind, signed, every=True)
        found.append(ArchivedTable(word, tuple(_both(made, f"ledgers/{kind}", word, facts.day, put))))
    return tuple(found)


def register_of(unit: Unit, year: int, done: Sequence[Activity], day: date, put: Put) -> tuple[ArchivedTable, ...]:
    """What was done in public, where something was entered."""
    if not done:
        return ()
    sheet = register_sheet(done)
    title = f"{unit.name}{year}年{sheet.name}"
    made = Ledger(None, year, unit, title, (), (sheet,), sample=False)
    return (ArchivedTable(sheet.name, tuple(_both(made, "public/activities", sheet.name, day, put))),)


def signatures_of(found: Verified) -> tuple[ArchivedSignature, ...]:
    """Who signed a file."""
    return tuple(
        ArchivedSignature(
            one.signer, ROLE_LABELS[one.role] if one.role else "", one.organisation, one.signed_at, one.fingerprint
        )
        for one in found.signatures
    )


def tables_of(values: Sequence[tuple[Report, str]], put: Put) -> tuple[ArchivedTable, ...]:
    """The data of all reports as tables of plain text."""
    titles = archive_tables.titles()
    made = archive_tables.tables(values)
    return tuple(ArchivedTable(titles[name], (put(f"data/{name}", data),)) for name, data in made.items())


def certificates_of(used: "Mapping[str, Certificate]", put: Put) -> tuple[ArchivedTable, ...]:
    """Those that the signatures name, by their fingerprints."""
    from desktop_app.signing.certificates import pem, subject

    return tuple(
        ArchivedTable(
            f"{subject(certificate)} {fingerprint}",
            (put(f"certificates/{fingerprint.replace(' ', '').lower()[:16]}.pem", pem([certificate])),),
        )
        for fingerprint, certificate in sorted(used.items())
    )


def by_fingerprint(found: Verified) -> "dict[str, Certificate]":
    """The certificates that a file's signatures name."""
    from desktop_app.signing.certificates import fingerprint

    return {fingerprint(each): each for each in found.certificates}


def _both(made: Ledger, name: str, word: str, day: date, put: Put) -> list[str]:
    from desktop_app.rendering.ledger_workbook import ledger_workbook

    return [
        put(f"{name}.pdf", yearly.pages(made, word, day)),
        put(f"{name}.xlsx", ledger_workbook(made)),
    ]
