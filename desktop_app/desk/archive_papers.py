"""What an archive holds beside the reports: the year's plans and ledgers, as pages and as workbooks."""

import json
from collections.abc import Callable, Sequence

from desktop_app.desk import activities
from desktop_app.desk import ledger as yearly
from desktop_app.desk.desk import Desk
from desktop_app.desk.plan_sheets import plan_tables
from desktop_app.desk.public_edition import register_sheet
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.model.archive import ArchivedTable
from desktop_app.model.ledger import LEDGER_WORDS, Ledger, LedgerKind
from desktop_app.model.plain import to_plain
from desktop_app.store import Month, plans

Put = Callable[[str, bytes], str]


def plans_of(desk: Desk, signed: Sequence[Month], put: Put) -> tuple[ArchivedTable, ...]:
    """The plans that the year's reports answer, in that order: as pages, as a workbook, as data."""
    found = []
    for number, plan_id in enumerate(dict.fromkeys(month.plan_id for month in signed), 1):
        plan = plans.plan_by_id(desk.book, plan_id)
        if plan is None:
            raise LookupError(f"plan {plan_id} is not in the book")
        paths = _both(desk, plan_tables(plan, desk.unit, desk.directory), f"plan/plan-{number}", "任务表", put)
        data = json.dumps(to_plain(plan), ensure_ascii=False, indent=1) + "\n"
        paths.append(put(f"plan/plan-{number}.json", data.encode()))
        said = "" if plan.revision == 1 else f"（第{plan.revision}版）"
        found.append(ArchivedTable(f"{plan.title}{said} {plan.document_number}".strip(), tuple(paths)))
    return tuple(found)


def ledgers(desk: Desk, year: int, signed: tuple[SignedMonth, ...], put: Put) -> tuple[ArchivedTable, ...]:
    """The year's ledgers: all tasks in that of performance."""
    found = []
    for kind in LedgerKind:
        word = LEDGER_WORDS[kind]
        made = yearly.ledger_of(desk, year, kind, signed, every=True)
        found.append(ArchivedTable(word, tuple(_both(desk, made, f"ledgers/{kind}", word, put))))
    return tuple(found)


def register_of(desk: Desk, year: int, put: Put) -> tuple[ArchivedTable, ...]:
    """What was done in public, where something was entered."""
    done = activities.of_year(desk, year)
    if not done:
        return ()
    sheet = register_sheet(done)
    title = f"{desk.unit.name}{year}年{sheet.name}"
    made = Ledger(None, year, desk.unit, title, (), (sheet,), sample=False)
    return (ArchivedTable(sheet.name, tuple(_both(desk, made, "public/activities", sheet.name, put))),)


def _both(desk: Desk, made: Ledger, name: str, word: str, put: Put) -> list[str]:
    from desktop_app.rendering.ledger_workbook import ledger_workbook

    return [
        put(f"{name}.pdf", yearly.pages(made, word, desk.today())),
        put(f"{name}.xlsx", ledger_workbook(made)),
    ]
