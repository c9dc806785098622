"""The command on the summary of a year or of its first half."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.cli.outlook import refuse_year
from desktop_app.desk import year_summary
from desktop_app.desk.year_summary import Summary
from desktop_app.errors import UsageError
from desktop_app.language import _


def summary(options: Namespace) -> Answer:
    """summary YEAR [--half] [--out FILE.txt|FILE.pdf] [--from FILE.txt | --anew]."""
    refuse_year(options.year)
    if options.source is not None and options.anew:
        raise UsageError(_("--from 和 --anew 不能同时用。"), _("请选一种。"))
    with opened(options, reading=options.source is None) as desk:
        if options.source is not None:
            found = year_summary.take(desk, options.year, options.source, half=options.half)
        else:
            found = year_summary.summary(desk, options.year, half=options.half, anew=options.anew)
        if options.out is not None:
            year_summary.write(desk, found, options.out)
    notes = list(year_summary.origin_words(found))
    shown = [str(options.out)] if options.out is not None else found.text.splitlines()
    return Answer(_document(found, options), [*shown, *notes])


def _document(found: Summary, options: Namespace) -> dict[str, Any]:
    return {
        "year": found.year,
        "half": found.half,
        "path": str(options.out) if options.out else None,
        "kept": found.kept_at.isoformat() if found.kept_at else None,
        "text": found.text,
        "counts": {str(origin): count for origin, count in found.counts.items()},
        "sentences": [
            {
                "text": each.text,
                "task": each.task or None,
                "months": [f"{found.year}-{month:02d}" for month in each.months],
                "origin": str(each.origin),
            }
            for each in found.sentences
        ],
        "sources": [
            {"period": str(each.period), "revision": each.revision, "check_code": each.check_code}
            for each in found.sources
        ],
    }
