"""The command that makes a book from one's own signed reports."""

from argparse import Namespace

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import book_path
from desktop_app.desk.rebuild import rebuild
from desktop_app.language import N_, _
from desktop_app.model.report import MonthState

_STATES = {
    MonthState.SIGNED: N_("已签署"),
    MonthState.RECEIVED: N_("已收到回执，办结"),
    MonthState.RETURNED: N_("已退回"),
}


def run(options: Namespace) -> Answer:
    """rebuild FILES…; exit 1 where anything was left out."""
    found = rebuild(
        book_path(options),
        options.files,
        unit=options.unit,
        tables=options.plan,
        trust=options.trust,
        today=getattr(options, "today", None),
    )
    if found.book is None:
        lines = [_("没有一份可以采用的月报，没有建立填报簿。")]
    else:
        lines = [_("已从月报恢复：{book}").format(book=found.book)]
    lines += [
        _("  {period} 第{revision}版：{state}").format(
            period=row.period, revision=row.revision, state=_(_STATES.get(row.state, row.state.value))
        )
        for row in found.months
    ]
    lines += [_("没有采用 {file}：{reason}").format(file=row.file, reason=row.reason) for row in found.refused]
    lines += [_("注意：{note}").format(note=note) for note in found.notes]
    if found.missing:
        lines += [_("月报里没有、恢复不了的："), *(f"  {sentence}" for sentence in found.missing)]
    return Answer(
        {
            "book": str(found.book) if found.book else None,
            "months": [
                {
                    "period": str(row.period),
                    "revision": row.revision,
                    "state": str(row.state),
                    "remarks": row.remarks,
                }
                for row in found.months
            ],
            "refused": [{"file": row.file, "reason": row.reason} for row in found.refused],
            "missing": list(found.missing),
            "notes": list(found.notes),
        },
        lines,
        0 if found.book and not found.refused else 1,
    )
