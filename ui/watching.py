"""Looking for what has come: in the watched folder by itself, at other places when somebody asks."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui import strangers
from ui.background import send, walk

if TYPE_CHECKING:  # reading files from outside is heavy and waits until it is asked for
    from desktop_app.desk.collect import Fetched, Looked
    from desktop_app.desk.steps import Steps
    from desktop_app.model.place import Place
    from ui.session import Session

AFTER_START = 1500  # ms: the first screen comes first
SETTLE = 800  # ms: a file that is just being copied in is given time to be whole


class Watching(QObject):
    """`changed` tells that a folder is watched now, is out of reach, or is watched no more; `rested` ends a look.

    No place is looked at by itself but the one folder that the book remembers. One that is out of reach, as a stick
    that is pulled out, is no error: it is looked at again at the next start.
    """

    changed = Signal()
    rested = Signal()

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.session = session
        self.looking = False
        self.out_of_reach = False
        self._over = False
        self._told: set[tuple[str, str]] = set()
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look_by_itself)
        self._watcher.directoryChanged.connect(lambda _folder: self._soon.start(SETTLE))

    @property
    def folder(self) -> Path | None:
        """What the book remembers."""
        from desktop_app.desk import watched_folder

        return watched_folder.watched(self.session.desk)

    @property
    def folders(self) -> list[str]:
        """What the system tells of now."""
        return self._watcher.directories()

    def resume(self) -> None:
        """After the start: go on watching where the book says so; nothing is written into a book that is only read."""
        book = self.session.desk.book
        if not (book.read_only or book.damaged) and self.folder is not None:
            self._soon.start(AFTER_START)

    def begin(self, folder: Path) -> None:
        """Watch a folder from now on and after every start, instead of another one."""
        from desktop_app.desk import watched_folder

        self._let_go()
        if self.session.attempt(lambda: watched_folder.watch(self.session.desk, folder)):
            self._look_by_itself()
        self.changed.emit()

    def stop(self) -> None:
        """Watch nothing any more."""
        from desktop_app.desk import watched_folder

        self._let_go()
        self.session.attempt(lambda: watched_folder.stop(self.session.desk))
        self.changed.emit()

    def end(self) -> None:
        """The sitting is over: what is still being fetched is left where it lies, for the next one."""
        self._over = True
        self._let_go()

    def look_at(self, place: "Place") -> None:
        """Somebody asks what has come to a place; the answer is said, also that there is nothing."""
        from desktop_app.desk import places

        secret = places.secret_kept(place) or ""
        self._look(place, secret, lambda found: self._tell(found, place.said), self.session.messages.refuse)

    def _look_by_itself(self) -> None:
        from desktop_app.desk import places

        folder = self.folder
        if folder is None:
            return
        if self.looking:
            self._soon.start(SETTLE)
            return
        place = places.find(self.session.desk, folder)
        if not place.remote:
            self._look(place, "", lambda found: self._reached(folder, found), self._not_reached)

    def _look(
        self,
        place: "Place",
        secret: str,
        tell: "Callable[[Looked], None]",
        failed: Callable[[Exception], None],
    ) -> None:
        """Fetch in the background, then take in: the desk's part here, what takes long in the background."""
        from desktop_app.desk import collect

        if self.looking:
            return
        self.looking = True

        def came(fetched: "Fetched") -> None:
            if self._over:
                fetched.close()
            else:
                steps = self.session.autosave.before_each(collect.looking(self.session.desk, fetched))
                walk(closing(fetched, steps), found, self._lost, lambda: self._over)

        def found(looked: "Looked") -> None:
            self._rest()
            tell(looked)

        def lost(problem: Exception) -> None:
            if not self._over:
                self._rest()
                failed(problem)

        send(lambda: collect.fetch(place, secret), came, lost)

    def _lost(self, problem: Exception) -> None:
        self._rest()
        self.session.messages.refuse(problem)

    def _reached(self, folder: Path, found: "Looked") -> None:
        if self.folder == folder:
            self._watcher.addPath(str(folder))
            self._at_hand(out=not self.folders)
            self._tell(found, "")

    def _not_reached(self, problem: Exception) -> None:
        if isinstance(problem, ClerkError):
            self._at_hand(out=True)
        else:
            self.session.messages.refuse(problem)

    def _at_hand(self, *, out: bool) -> None:
        self.out_of_reach = out
        self.changed.emit()

    def _tell(self, found: "Looked", asked: str) -> None:
        """What came; what was refused is said once a sitting unless somebody asks."""
        refused = [row for row in found.refused if asked or (row.file, row.reason) not in self._told]
        self._told |= {(row.file, row.reason) for row in found.refused}
        words = strangers.said(found.taken, refused)
        if found.taken:
            self.session.refresh()
        messages = self.session.messages
        if words:
            action = strangers.to_compare(self.session, strangers.met(found.taken, refused))
            (messages.note if refused else messages.good)("　".join(words), action)
        elif asked:
            messages.note(_("「{place}」里没有新的文件。").format(place=asked))

    def _rest(self) -> None:
        self.looking = False
        self.rested.emit()

    def _let_go(self) -> None:
        self._soon.stop()
        self.out_of_reach = False
        if self.folders:
            self._watcher.removePaths(self.folders)


def closing(fetched: "Fetched", steps: "Steps[Looked]") -> "Steps[Looked]":
    """The copies go with the look at them, however it ends."""
    try:
        return (yield from steps)
    finally:
        fetched.close()


def words(watching: Watching) -> str:
    """What is watched, in a plain line; "" where nothing is."""
    if watching.folder is None:
        return ""
    text = (
        _("自动查看的文件夹现在不在：{folder}。接上后重新打开，或点「看看有没有回执」。")
        if watching.out_of_reach
        else _("正在自动查看：{folder}。下次打开接着看；服务器不会自动连接。")
    )
    return text.format(folder=watching.folder)
