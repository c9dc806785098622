"""The demonstration: a whole month on the sample plan."""

from argparse import Namespace

from desktop_app.cli import streams, window
from desktop_app.cli.answer import Answer
from desktop_app.desk.demo import run_demo
from desktop_app.language import _


def run(options: Namespace) -> Answer | int:
    """demo [--out DIR] [--no-window]; with --json a script asks, and no window waits for it."""
    done = run_demo(options.out, today=getattr(options, "today", None))
    document = {
        "book": str(done.book),
        "report_pdf": str(done.report_pdf),
        "receipt_pdf": str(done.receipt_pdf),
        "unit_certificate": str(done.unit_certificate),
        "bureau_certificate": str(done.bureau_certificate),
        "period": str(done.period),
        "tasks": done.tasks,
        "findings": {"errors": done.errors, "warnings": done.warnings, "hints": done.hints},
        "signatures": done.signatures,
        "check_code": done.check_code,
        "state": str(done.state),
        "seconds": done.seconds,
    }
    answer = Answer(
        document,
        [
            _(
                "示例任务集（非官方文本）走完了 {period}：{tasks} 项任务，{signatures} 个签名，用时 {seconds} 秒。"
            ).format(period=done.period.spoken, tasks=done.tasks, signatures=done.signatures, seconds=done.seconds),
            _("签署的月报：{path}").format(path=done.report_pdf),
            _("收文方回执：{path}").format(path=done.receipt_pdf),
            _("填报簿：{path}").format(path=done.book),
        ],
    )
    if options.no_window or getattr(options, "json", False):
        return answer
    streams.give("\n".join(answer.lines))  # said before the window opens, not after it closes
    options.book = done.book
    return window.show(options, sample=False)
