"""Long work away from the window: an errand runs one callable that sees no widget, and brings back value or error."""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps

TURN = 0.0005  # s: how long an errand may go on when the window wants its turn

_out: set["Errand"] = set()


class StoppedError(Exception):
    """The work was stopped, and nothing was written."""


class Stop:
    """Whether somebody wants a piece of work to end; the work looks at it between its steps, in its own thread."""

    def __init__(self) -> None:
        self._asked = Event()

    def ask(self) -> None:
        """End at the next step."""
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether somebody does."""
        return self._asked.is_set()

    def here(self) -> None:
        """A place where the work can end: StoppedError where it was asked to."""
        if self.asked:
            raise StoppedError


class Errand(QObject):
    """One piece of work. `brought` carries what it returned, `failed` the exception; both arrive in the GUI thread.

    What is connected must not hold the errand, or Qt keeps the two of them and all that the work holds for ever.
    """

    brought = Signal(object)
    failed = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self.work = work
        self._ended.connect(self._home)

    def start(self) -> "Errand":
        """Go; the errand keeps itself alive until it is back."""
        _out.add(self)
        QThreadPool.globalInstance().start(_Legs(self))
        return self

    def run(self) -> None:
        """Do the work in the worker thread; every exception comes home, none dies on the way."""
        value, problem = None, None
        try:
            value = self.work()
        except Exception as caught:  # noqa: BLE001 - reported in the GUI thread, where it is told from our own bugs
            problem = caught
        if isValid(self):  # the program may have ended meanwhile
            self._ended.emit(value, problem)

    def _home(self, value: object, problem: Exception | None) -> None:
        _out.discard(self)
        if problem is None:
            self.brought.emit(value)
        else:
            self.failed.emit(problem)


class _Legs(QRunnable):
    """What the thread pool carries."""

    def __init__(self, errand: Errand) -> None:
        super().__init__()
        self.errand = errand

    def run(self) -> None:
        """Called by the pool."""
        self.errand.run()


def send(work: Callable[[], Any], brought: Callable[[Any], None], failed: Callable[[Exception], None]) -> Errand:
    """Run work in the background and call back; bound methods of a widget that is gone are not called."""
    errand = Errand(work)
    errand.brought.connect(brought)
    errand.failed.connect(failed)
    return errand.start()


def walk(
    steps: "Steps[Any]", brought: Callable[[Any], None], failed: Callable[[Exception], None], over: Callable[[], bool]
) -> None:
    """Go through a verb that needs the book: its part here, what takes long in the background.

    No step is taken, and nobody is called, once it is `over`.
    """
    _onward(steps, brought, failed, over, lambda: next(steps))


def _onward(
    steps: "Steps[Any]",
    brought: Callable[[Any], None],
    failed: Callable[[Exception], None],
    over: Callable[[], bool],
    step: Callable[[], Callable[[], Any]],
) -> None:
    if over():
        steps.close()
        return
    try:
        work = step()
    except StopIteration as end:
        brought(end.value)
    except Exception as problem:  # noqa: BLE001 - told apart from our own bugs where it is said
        failed(problem)
    else:
        send(
            work,
            lambda value: _onward(steps, brought, failed, over, lambda: steps.send(value)),
            lambda problem: _onward(steps, brought, failed, over, lambda: steps.throw(problem)),
        )


def busy() -> bool:
    """Whether an errand is still out."""
    return bool(_out)


def wait() -> None:
    """Wait for all errands to end (their answers still need the event loop)."""
    QThreadPool.globalInstance().waitForDone()
