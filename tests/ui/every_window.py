"""Every page, every view of it and every dialog, as a test can open them one after the other."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from unittest.mock import patch

from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.desk import (
    activities,
    backups,
    enrolling,
    printing,
    save_entry,
    take_plan,
    withholding,
)
from desktop_app.desk.merge_compare import Compared, ComparedMonth
from desktop_app.desk.open_book import create_bureau
from desktop_app.errors import WorldError
from desktop_app.model.activity import ActivityKind
from desktop_app.model.listed import Followed, ItemKind, ItemState, ListedItem
from desktop_app.model.merging import Choice, Drawn, Hand
from desktop_app.model.period import Period
from desktop_app.model.report import Role
from desktop_app.model.standing_remark import StandingRemark
from tests.signed_month import DAY
from ui import background
from ui.crash_window import CrashWindow
from ui.dialogs.activity_dialog import ActivityDialog
from ui.dialogs.carried_dialog import CarriedDialog
from ui.dialogs.changes_dialog import ChangesDialog
from ui.dialogs.deliver_dialog import DeliverDialog
from ui.dialogs.help_window import HelpWindow
from ui.dialogs.key_dialog import TITLES, KeyDialog
from ui.dialogs.merge_dialog import MergeDialog
from ui.dialogs.office_dialog import OfficeDialog
from ui.dialogs.paste_dialog import PasteDialog
from ui.dialogs.place_dialog import PlaceDialog
from ui.dialogs.plan_dates_dialog import PlanDatesDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.restore_dialog import RestoreDialog
from ui.dialogs.sign_dialog import SignDialog
from ui.dialogs.split_dialog import SplitDialog
from ui.dialogs.strike_off_dialog import ReopenDialog, StrikeOffDialog
from ui.dialogs.take_plan_dialog import TakePlanDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.pages.apart import ApartPage
from ui.pages.history import VIEWS
from ui.pages.paste_column import lay_beside
from ui.pages.reception import ReceptionPage
from ui.pages.start import StartPage
from ui.pages.trouble import TroublePage

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


def settle() -> None:
    """Until no errand is out and everything is drawn."""
    background.wait()
    for _turn in range(4):
        QApplication.processEvents()


def _fill(window: MainWindow, task: str, *, nil: bool = False) -> None:
    window.go("fill")
    window.fill.choose(task, "status")
    if nil:
        window.fill.form.toggle_nil()


def _plan(window: MainWindow, view: str) -> None:
    window.go("plan")
    window.plan.show_view(view)


def _history(window: MainWindow, view: str) -> None:
    window.go("history")
    window.history.views[view].click()


def _returned(window: MainWindow) -> None:
    window.go("month")
    remarks = [
        StandingRemark(place, 1, task, field, "请核对。", "市局", datetime(2023, 4, 5, tzinfo=UTC))
        for place, (task, field) in enumerate((("2-3", "cumulative"), ("report", "")))
    ]
    window.this_month.remarks.show_remarks(remarks, returned=True, writable=True)


def _turn(window: MainWindow) -> None:
    """As if the year in hand could be closed."""
    with patch("ui.pages.year_change.years", lambda _desk: (2023,)):
        window.go("turn")


def _turn_due(window: MainWindow) -> None:
    with patch("ui.pages.turn_line.turn_due", lambda _desk: 2023):
        window.go("month")


def _said(window: MainWindow) -> None:
    window.go("month")
    window.session.messages.good("好了。", ("撤回", lambda: None))


def _public(window: MainWindow) -> None:
    """Two places that must not leave, one field that is not printed."""
    task, desk, period = "1-1", window.session.desk, window.session.period
    if not window.session.view.sealed:
        save_entry.save(desk, period, task, {"narrative": "咨询电话13812345678，暂不公布。"})
    withholding.hide(desk, period, "2-3", ["figures"])
    window.go("send")
    window.send.editions[True].click()


PAGES: dict[str, Callable[[MainWindow], None]] = {
    "month": lambda window: window.go("month"),
    "month, returned": _returned,
    "month, something said": _said,
    "month, the turn of the year": _turn_due,
    "fill, figures": lambda window: _fill(window, "2-14"),
    "fill, words": lambda window: _fill(window, "1-1"),
    "fill, nil": lambda window: _fill(window, "2-31", nil=True),
    "check": lambda window: window.go("check"),
    "send": lambda window: window.go("send"),
    "send, public": _public,
    **{f"history, {view}": partial(_history, view=view) for view, _word in VIEWS},
    **{f"plan, {view}": partial(_plan, view=view) for view in ("questions", "tasks", "indicators", "warnings")},
    "turn of the year": _turn,
    "settings": lambda window: window.go("settings"),
}


def _carried(window: MainWindow, folder: Path) -> QWidget:
    """The file itself is no matter here: what its statement says is given."""
    stated = {role: f"同意（{role.value}）" for role in (Role.APPROVER, Role.REVIEWER)}
    return CarriedDialog(window.session, folder / "carried.pdf", stated, window)


def _struck(window: MainWindow, _folder: Path, dialog: type[StrikeOffDialog | ReopenDialog]) -> QWidget:
    said = Followed(Period(2023, 1), 1, "", "用地手续未办结。", "", "", None, ())
    item = ListedItem("P-2023-01-2-3", "2-3", "示例", ItemKind.PROBLEM, ItemState.OPEN, (said,), None)
    return dialog(window.session, item, window)


def _corrected(window: MainWindow, _folder: Path) -> QWidget:
    done = activities.add(
        window.session.desk, ActivityKind.PUBLICITY, date(2023, 3, 5), "进社区", channel="街道", task="2-3"
    )
    return ActivityDialog(window.session, done, window)


def _take_plan(window: MainWindow, _folder: Path) -> QWidget:
    desk = window.session.desk
    found = take_plan.reading(desk, SAMPLES / "plan-2023-sample.xlsx").read()
    return TakePlanDialog(window.session, lambda day: take_plan.look_at(desk, found, effective=day), window)


def _restore(window: MainWindow, folder: Path) -> QWidget:
    backups.make(window.session.desk, folder / "copy.yuebao")
    return RestoreDialog(window.session, folder / "copy.yuebao", window)


def _paste(window: MainWindow, _folder: Path) -> QWidget:
    rows = [row for row in window.session.view.rows if row.target is not None]
    return PasteDialog(partial(lay_beside, "1\n2\n3", rows, rows[0].task.id), "this_month", window)


def _merge(window: MainWindow, _folder: Path) -> QWidget:
    """Two choices, one of a status, a field that only they wrote and one that only they keep inside."""
    month, at = window.session.period, datetime(2023, 4, 3, 9, 30, tzinfo=UTC)
    choices = (
        Choice(month, "2-3", "problems", "资金未到位。", "用地手续未办结。", Hand("王喆", at), Hand("李敏", at)),
        Choice(month, "2-3", "status", "on_track", "behind"),
    )
    drawn = (
        Drawn(month, "1-1", "narrative", "", "同事填写的进展。", "copy.yuebao"),
        Drawn(month, "1-1", "public:figures", "", "inside", "copy.yuebao"),
    )
    compared = ComparedMonth(month, 1, "", drawn, choices, {}, (), (), ())
    looked = Compared("copy.yuebao", "", (compared,), ("2023-02 第1版在本簿里不是草稿，没有合并。",))
    return MergeDialog(window.session, looked, window)


def _start_key(window: MainWindow, folder: Path) -> QWidget:
    page = StartPage(folder / "newer" / "book.yuebao", DAY, Messages())
    page.ask_for_key(window.session.desk)
    return page


def _help(window: MainWindow, _folder: Path) -> QWidget:
    made = HelpWindow(window)
    made.show_topic("fill")
    return made


def _office(window: MainWindow, _folder: Path) -> QWidget:
    """A stranger's file, where another certificate of the same office is known."""
    offered = enrolling.Offered("北京市生态环境局", "ABCD " * 16, DAY, b"", known=False, others=1)
    stranger = enrolling.Stranger("示例任务表.pdf", b"", "本机没有登记它的收文方证书。", refused=True, offered=offered)
    return OfficeDialog(window.session, offered, (stranger,), window)


DIALOGS: dict[str, Callable[[MainWindow, Path], QWidget]] = {
    "sign": lambda window, _folder: SignDialog(window.session, Role.PREPARER, window),
    **{
        f"key, {task}": partial(lambda window, _folder, task: KeyDialog(window.session, task, "", window), task=task)
        for task in TITLES
    },
    "deliver": lambda window, _folder: DeliverDialog(window.session, window),
    "place": lambda window, _folder: PlaceDialog(window.session, window),
    "print": lambda window, _folder: PrintDialog(window.session, ("一楼", "九楼"), printing.Choice("九楼"), window),
    "office": _office,
    "paste": _paste,
    "merge": _merge,
    "split": lambda window, _folder: SplitDialog(window.session, window.session.view.plan, window),
    "dates": lambda window, _folder: PlanDatesDialog(window.session, window.session.view.plan, window),
    "take plan": _take_plan,
    "carried": _carried,
    "activity": lambda window, _folder: ActivityDialog(window.session, window.session.period, window),
    "activity, to be corrected": _corrected,
    "strike off": partial(_struck, dialog=StrikeOffDialog),
    "list again": partial(_struck, dialog=ReopenDialog),
    "changes": lambda window, _folder: ChangesDialog(window.session, "2-3", "示例", window),
    "restore": _restore,
    "help": _help,
    "crash": lambda window, _folder: CrashWindow(KeyError("x"), None),
    "start": lambda window, folder: StartPage(folder / "new" / "book.yuebao", DAY, Messages()),
    "start, key": _start_key,
    "trouble": lambda window, folder: TroublePage(
        folder / "none.yuebao", DAY, Messages(), WorldError("坏了。", "换。")
    ),
    "reception": lambda window, folder: ReceptionPage(create_bureau(folder / "b.yuebao", today=DAY), Messages()),
    "apart": lambda window, _folder: ApartPage("正在恢复…", lambda: ""),
}
