"""print PERIOD: the signed report, or a draft of it, on a printer of this system."""

import hashlib
from argparse import Namespace
from dataclasses import replace

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import printing
from desktop_app.language import _
from desktop_app.model.period import Period


def run(options: Namespace) -> Answer:
    """print PERIOD [--printer P] [--paper A4|A3] [--sides one|two]: what is not said is as it was last time."""
    period = Period.parse(options.period)
    with opened(options) as desk:
        choice = printing.remembered(desk)
        if options.printer is not None:
            choice = replace(choice, printer=options.printer)
        if options.paper is not None:
            choice = replace(choice, paper=options.paper)
        if options.sides is not None:
            choice = replace(choice, duplex=options.sides == "two")
        pdf = printing.paper(desk, period)()
        job = printing.send(pdf, choice, f"{desk.unit.short_name} {period}")
        printing.remember(desk, choice)
    return Answer(
        {
            "job": job,
            "printer": choice.printer,
            "paper": choice.paper,
            "sides": "two" if choice.duplex else "one",
            "sha256": hashlib.sha256(pdf).hexdigest(),
        },
        [_("已交给打印系统，任务 {job}。").format(job=job)],
    )
