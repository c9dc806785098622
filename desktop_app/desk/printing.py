"""Paper out of the printer: the exact signed bytes through `lp`, and what was chosen last time."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop_app.desk.desk import Desk
from desktop_app.desk.make_report import prepare
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.store import months, sealed, settings

PAPERS = ("A4", "A3")
_KEY = "printing"
_PATIENCE = 30.0  # seconds for the print system to answer
_SIDES = {True: "two-sided-long-edge", False: "one-sided"}
_JOB = re.compile(r"request id is (\S+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """How to print; `printer` "" is the system's own choice."""

    printer: str = ""
    paper: str = "A4"
    duplex: bool = True


def direct() -> bool:
    """Whether this system takes a PDF as it is (CUPS); elsewhere the window draws the pages."""
    return shutil.which("lp") is not None


def printers() -> tuple[str, ...]:
    """The printers of this system, its default first; empty where none is set up or the print system is not running."""
    if not direct() or shutil.which("lpstat") is None:
        return ()
    names = _ask(["lpstat", "-e"]).split()
    default = _ask(["lpstat", "-d"]).rpartition(":")[2].strip()
    return tuple(sorted(names, key=lambda name: (name != default, name)))


def remembered(desk: Desk) -> Choice:
    """What was chosen last time."""
    kept = settings.get(desk.book, _KEY) or {}
    paper = kept.get("paper", "A4")
    return Choice(str(kept.get("printer", "")), paper if paper in PAPERS else "A4", kept.get("duplex") is not False)


def remember(desk: Desk, choice: Choice) -> None:
    """Offer this choice next time."""
    if choice.paper not in PAPERS:
        raise UsageError(
            _("不能用 {paper} 纸打印。").format(paper=choice.paper),
            _("可选：{papers}。").format(papers="、".join(PAPERS)),
        )
    value = {"printer": choice.printer, "paper": choice.paper, "duplex": choice.duplex}
    settings.put(desk.book, _KEY, value, at=desk.now(), actor=desk.actor)


def paper(desk: Desk, period: Period, edition: str = "full") -> Callable[[], bytes]:
    """What makes the bytes to print, in any thread: those that were signed, or a draft while nobody has signed."""
    if edition != "full":
        made = prepare(desk, period, edition=edition)
        return lambda: made.render().pdf
    month = months.month(desk.book, period)
    held = sealed.sealed(desk.book, month.id) if month else None
    if held is not None:
        return partial(bytes, held.pdf)
    work = prepare(desk, period)
    return lambda: work.render().pdf


def send(pdf: bytes, choice: Choice, title: str) -> str:
    """Hand the bytes to the print system; the job's name. ClerkError without a printer, WorldError where it refuses."""
    known = printers()
    if not known:
        raise ClerkError(
            _("没有找到可用的打印机。"), _("请先在系统里添加打印机并接通电源；也可以导出 PDF 后用别的程序打印。")
        )
    printer = choice.printer or known[0]
    if printer not in known:
        raise ClerkError(
            _("没有名为「{name}」的打印机。").format(name=printer),
            _("可用的打印机：{names}。").format(names="、".join(known)),
        )
    command = [
        str(shutil.which("lp")), "-d", printer, "-t", title, "-o", f"media={choice.paper}",
        "-o", f"sides={_SIDES[choice.duplex]}", "-",
    ]  # fmt: skip
    done = _run(command, pdf)
    job = _JOB.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode or not job:
        why = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise WorldError(
            _("打印系统没有接收：{why}").format(why=why or _("没有说明原因")), _("请检查打印机后再试；文件没有改变。")
        )
    return job[1]


def _ask(command: list[str]) -> str:
    """What the print system says; "" where it is not running."""
    done = _run([str(shutil.which(command[0])), *command[1:]], b"")
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _run(command: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    spoken = {**os.environ, "LC_ALL": "C.UTF-8"}  # so that its answers can be read
    try:
        return subprocess.run(  # noqa: S603 - the system's own program, no shell
            command, input=data, capture_output=True, timeout=_PATIENCE, check=False, env=spoken
        )
    except (OSError, subprocess.TimeoutExpired) as reason:
        raise WorldError(_("打印系统没有回应。"), _("请检查打印服务是否在运行，再试一次；文件没有改变。")) from reason
