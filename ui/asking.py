"""The dialogs of the window: each opens over it, and tells one callable what came of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report import Role
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.enrolling import Offered, Stranger
    from desktop_app.desk.merge import Looked, Taken
    from desktop_app.desk.printing import Choice
    from desktop_app.desk.split_plan import Split
    from desktop_app.desk.take_plan import PlanTaken
    from desktop_app.model.activity import Activity
    from desktop_app.model.listed import ListedItem
    from desktop_app.model.place import Place
    from ui.dialogs.help_window import HelpWindow
    from ui.dialogs.sign_dialog import SignDialog
    from ui.models.pasted import Pasted

_Dialog = TypeVar("_Dialog", bound=QDialog)


class Asking:
    """A dialog's module is imported when it is wanted: the window is up sooner, and nothing heavy is read for it."""

    def __init__(self, session: Session, window: QWidget) -> None:
        self._session = session
        self._window = window
        self._help: HelpWindow | None = None

    def printer(self, chosen: Callable[["Choice"], object]) -> None:
        """Which printer, which paper."""
        from desktop_app.desk import printing
        from ui import printing as drawn
        from ui.dialogs.print_dialog import PrintDialog

        names = printing.printers() if printing.direct() else drawn.printers()
        dialog = PrintDialog(self._session, names, printing.remembered(self._session.desk), self._window)
        dialog.accepted.connect(lambda: chosen(dialog.choice))
        dialog.open()

    def hand_in(self) -> None:
        """Where the report is to go; the dialog carries it there."""
        from ui.dialogs.deliver_dialog import DeliverDialog

        DeliverDialog(self._session, self._window).exec()

    def sign(self, role: Role) -> None:
        """A signature on the month in view."""
        from ui.dialogs.sign_dialog import SignDialog

        dialog = SignDialog(self._session, role, self._window)
        dialog.finished.connect(lambda _result: self._signed(dialog))
        dialog.open()

    def _signed(self, dialog: "SignDialog") -> None:
        state = dialog.signed
        dialog.deleteLater()
        if state is None:
            return
        self._session.refresh()
        self._session.messages.good(
            _("签署完成：第 {revision} 版，共 {count} 个签名，校验码 {code}。").format(
                revision=state.revision, count=state.signatures, code=state.check_code
            )
        )

    def sign_carried(self, file: Path) -> None:
        """A signature on a file that was carried here; it is verified first."""
        from desktop_app.desk import sign_elsewhere

        self._session.work.start(
            _("正在核验带来的文件…"), lambda _stop: sign_elsewhere.statements(file), partial(self._carried, file)
        )

    def _carried(self, file: Path, statements: Mapping[Role, str]) -> None:
        from ui.dialogs.carried_dialog import CarriedDialog

        dialog = CarriedDialog(self._session, file, statements, self._window)
        self._open(dialog, lambda: self._session.messages.good(dialog.said))

    def key(self, task: str, name: str, done: Callable[[str], object]) -> None:
        """What a key's making, import, request or renewal needs."""
        from ui.dialogs.key_dialog import KeyDialog

        dialog = KeyDialog(self._session, task, name, self._window)
        self._open(dialog, lambda: done(dialog.said))

    def office(self, offered: "Offered", waiting: "Sequence[Stranger]", done: Callable[[], object]) -> None:
        """Whether an office's certificate is to be trusted."""
        from ui.dialogs.office_dialog import OfficeDialog

        dialog = OfficeDialog(self._session, offered, waiting, self._window)
        self._open(dialog, lambda: self._trusted(dialog.said, done))

    def strangers(self, found: "Sequence[Stranger]") -> None:
        """The same for files that came in, one office after the other."""
        first = found[0].offered
        waiting = [each for each in found if each.offered.fingerprint == first.fingerprint]
        rest = [each for each in found if each not in waiting]
        self.office(first, waiting, lambda: self.strangers(rest) if rest else None)

    def _trusted(self, said: str, done: Callable[[], object]) -> None:
        self._session.refresh()
        self._session.messages.good(said)
        done()

    def place(self, before: "Place | None", done: Callable[[], object]) -> None:
        """A place to hand in to: a new one, or one that is to be changed."""
        from ui.dialogs.place_dialog import PlaceDialog

        self._open(PlaceDialog(self._session, self._window, before), done)

    def activity(self, done: "Activity | Period", kept: Callable[["Activity", "Activity | None"], object]) -> None:
        """An activity to be corrected, or a new one of this month; `kept` is told what it is, and what it was."""
        from ui.dialogs.activity_dialog import ActivityDialog

        dialog = ActivityDialog(self._session, done, self._window)
        self._open(dialog, lambda: kept(dialog.kept, dialog.was) if dialog.kept else None)

    def plan(self, look: Callable[[date | None], "PlanTaken"], taken: Callable[["PlanTaken"], object]) -> None:
        """Whether what a table would change is to be taken."""
        from ui.dialogs.take_plan_dialog import TakePlanDialog

        if dialog := self._made(lambda: TakePlanDialog(self._session, look, self._window)):
            self._open(dialog, lambda: taken(dialog.taken))

    def dates(self, plan: Plan) -> None:
        """A plan's document number and days."""
        from ui.dialogs.plan_dates_dialog import PlanDatesDialog

        self._open(PlanDatesDialog(self._session, plan, self._window))

    def split(self, plan: Plan, done: Callable[["Split"], object]) -> None:
        """Which tasks of a plan a town or department is handed."""
        from ui.dialogs.split_dialog import SplitDialog

        dialog = SplitDialog(self._session, plan, self._window)
        self._open(dialog, lambda: done(dialog.made) if dialog.made else None)

    def merge(self, looked: "Looked", taken: Callable[["Taken"], object]) -> None:
        """What is to be taken of work that was done elsewhere."""
        from ui.dialogs.merge_dialog import MergeDialog

        dialog = MergeDialog(self._session, looked, self._window)
        self._open(dialog, lambda: taken(dialog.taken) if dialog.taken else None)

    def restore(self, backup: Path, agreed: Callable[[], object]) -> None:
        """Whether a copy is to take the book's place."""
        from ui.dialogs.restore_dialog import RestoreDialog

        self._open(RestoreDialog(self._session, backup, self._window), agreed)

    def column(self, look: Callable[[str], "Pasted"], field: str, taken: Callable[["Pasted"], object]) -> None:
        """Whether a copied column is to be filled in."""
        from ui.dialogs.paste_dialog import PasteDialog

        dialog = PasteDialog(look, field, self._window)
        self._open(dialog, lambda: taken(dialog.pasted))

    def item(self, item: "ListedItem", settled: Callable[["ListedItem"], object]) -> None:
        """What shows that a listed item is solved, or why it is listed again after all."""
        from desktop_app.model.listed import ItemState
        from ui.dialogs.strike_off_dialog import ReopenDialog, StrikeOffDialog

        kind = ReopenDialog if item.state is ItemState.CLOSED else StrikeOffDialog
        self._open(kind(self._session, item, self._window), lambda: settled(item))

    def changes(self, task_id: str, title: str) -> None:
        """Who changed what of a task, and when; to be read only."""
        from ui.dialogs.changes_dialog import ChangesDialog

        self._open(ChangesDialog(self._session, task_id, title, self._window))

    def help(self, topic: str) -> None:
        """The help: it stays where it is while one works on."""
        from ui.dialogs.help_window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self._window)
        self._help.show_topic(topic)

    def _made(self, make: Callable[[], _Dialog]) -> _Dialog | None:
        try:
            return make()
        except ClerkError as problem:
            self._session.messages.refuse(problem)
            return None

    def _open(self, dialog: QDialog, accepted: Callable[[], object] | None = None) -> None:
        if accepted is not None:
            dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
