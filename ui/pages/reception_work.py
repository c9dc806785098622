"""What the receiving desk does: receive, enrol, answer, collate, hand out. Each goes a round in the background."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.desk import accepting, bureau, bureau_month, keys
from desktop_app.desk.accepting import Flowed
from desktop_app.desk.receive import Received
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.collation import UnitStanding
from ui.pages.reception_round import Round

if TYPE_CHECKING:
    from desktop_app.desk.publish import Published
    from desktop_app.desk.steps import Steps
    from ui.pages.reception import ReceptionPage

SHOWN_REFUSALS = 6


class ReceptionWork:
    """The page's verbs; what came of one is said, and the month is read afresh."""

    def __init__(self, page: "ReceptionPage") -> None:
        self.page = page
        self.desk = page.desk
        self.messages = page.messages
        self.round = Round(page)

    def take_in(self, files: Sequence[Path]) -> None:
        """Take files in, one at a time: verified and checked in the background, kept on the desk."""
        self.round.go(files, lambda file: bureau.receiving(self.desk, [file]), self._received, self._not_all_received)

    def enrol_all(self, files: Sequence[Path]) -> None:
        """Trust the certificates of units; their fingerprints are said, to be compared aloud."""
        self.round.go(files, lambda file: bureau.taking_on(self.desk, file), self._enrolled, self._broke)

    def answer(self, folder: Path) -> None:
        """Receipts for the selected reports, written to a folder; a unit's towns flow into its draft."""
        chosen, signing = self.page.chosen(), self._signing()
        if not chosen or signing is None or not self._saved():
            return
        key, secret = signing

        def verb(row: UnitStanding) -> "Steps[Flowed]":
            steps = accepting.accepting(self.desk, row.sha256, secret, folder, key_name=key)
            return self.page.session.autosave.before_each(steps) if self.page.session else steps

        self.round.go(
            chosen,
            verb,
            lambda done: self._answered(done, folder),
            lambda problem, done: self._not_all_answered(problem, done, folder),
        )

    def take_words(self, sha256: str) -> None:
        """Add what the towns wrote below the unit's own words."""
        if not self._saved():
            return
        try:
            merged = accepting.take_words(self.desk, sha256)
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        said = _("加进 {count} 处文字，每处前面写着单位名称。").format(count=len(merged.drawn))
        if merged.choices:
            said += _("还有 {count} 处数字与本单位填的不同，没有改动。").format(count=len(merged.choices))
        self.messages.good(said)
        self.page.read_again()

    def return_with(self, remarks: Path, folder: Path) -> None:
        """The one selected report goes back with the remarks in a file, JSON or workbook."""
        from desktop_app.desk.bureau_return import returning

        chosen, signing = self.page.chosen()[:1], self._signing()
        if signing is not None:
            key, secret = signing
            self._once(
                chosen,
                lambda row: returning(self.desk, row.sha256, remarks, secret, folder, key_name=key),
                _("已退回，意见放在 {folder}。").format(folder=folder),
            )

    def collate_to(self, file: Path) -> None:
        """The month of all units in one workbook."""
        period = self.page.period
        if period is not None:
            said = _("汇总已写到 {path}。").format(path=file)
            self._once([period], lambda month: bureau_month.collating(self.desk, month, file), said, self._no_file)

    def publish(self, source: Path, out: Path, *, plan: bool) -> None:
        """Hand out a task table or a year's calendar, signed."""
        from desktop_app.desk import publish

        signing = self._signing()
        if signing is None:
            return
        by = publish.publisher(self.desk, *signing)
        hand_out = publish.publish_plan if plan else publish.publish_calendar
        self.messages.note(_("正在印发 {name}…").format(name=source.name))

        def verb(file: Path) -> "Steps[Published]":
            here = self.round.halt.here
            done: Published = yield lambda: hand_out(by, file, out, wanted=here)
            return done

        self.round.go([source], verb, self._published, self._broke, self._no_file)

    def export_to(self, file: Path) -> None:
        """The certificate by which those who report here know this desk."""
        try:
            keys.export(self.desk, file)
        except ClerkError as problem:
            self.messages.refuse(problem)
        else:
            self.messages.good(_("证书已导出到 {path}。").format(path=file))

    def _once(
        self,
        things: Sequence[Any],
        verb: Callable[[Any], "Steps[Any]"],
        said: str,
        dropped: Callable[[], None] | None = None,
    ) -> None:
        def ended(done: list[object]) -> None:
            if done:
                self.messages.good(said)
            self.page.show_month()

        self.round.go(things, verb, ended, self._broke, dropped)

    def _no_file(self) -> None:
        self.messages.note(_("已停下，没有写文件。"))

    def _signing(self) -> tuple[str, str] | None:
        """Who signs, and the passphrase; None where nobody can, which is said."""
        try:
            key = self.page.tools.key()
        except ClerkError as problem:
            self.messages.refuse(problem)
            return None
        return key, self.page.tools.secret(key)

    def _saved(self) -> bool:
        """What is typed in a unit's window comes first; where it cannot be saved, the window says why."""
        return self.page.session is None or self.page.session.autosave.flush()

    def _broke(self, problem: Exception, _done: list[object]) -> None:
        self.messages.refuse(problem)
        self.page.show_month()

    def _received(self, done: list[Received]) -> None:
        self.page.show_months()
        refused = [row for each in done for row in each.refused]
        words = [_("收下 {count} 份。").format(count=sum(len(each.taken) for each in done))]
        words += [
            _("没有收 {file}：{why}").format(file=Path(row.file).name, why=row.reason)
            for row in refused[:SHOWN_REFUSALS]
        ]
        if len(refused) > SHOWN_REFUSALS:
            words.append(_("另有 {count} 份没有收。").format(count=len(refused) - SHOWN_REFUSALS))
        (self.messages.note if refused else self.messages.good)("\n".join(words))

    def _not_all_received(self, problem: Exception, _done: list[Received]) -> None:
        self.messages.refuse(problem)
        self.page.show_months()

    def _enrolled(self, done: list[Any]) -> None:
        marks = [_("{unit} {mark}").format(unit=each.unit_name, mark=each.fingerprint) for each in done]
        self.messages.good(_("已登记，请与报送单位核对指纹：{marks}").format(marks="　".join(marks)))
        self.page.show_month()

    def _answered(self, done: list[Flowed], folder: Path) -> None:
        self.page.read_again()
        self.page.tools.passphrase.clear()
        words = [_("已出具 {count} 份回执，放在 {folder}。").format(count=len(done), folder=folder)]
        words += [each.note for each in done if each.note]
        merged = [each.merged for each in done if each.merged is not None]
        if merged:
            words.append(_("并入草稿 {count} 处。").format(count=sum(len(each.drawn) for each in merged)))
        choices = merged[-1].choices if merged else ()
        action = None
        if choices:
            words.append(_("另有 {count} 处文字或数字由您决定，没有改动本单位写的。").format(count=len(choices)))
            sha256 = done[-1].accepted.receipt.report_sha256
            action = (_("把文字加在后面"), lambda: self.take_words(sha256))
        tell = self.messages.note if choices or any(each.note for each in done) else self.messages.good
        tell("\n".join(words), action)

    def _not_all_answered(self, problem: Exception, done: list[Flowed], folder: Path) -> None:
        """Why one was refused, and how many were given before."""
        self.page.read_again()
        self.messages.refuse(problem)
        if done and isinstance(problem, ClerkError):
            said = _("已出具 {count} 份回执，放在 {folder}。").format(count=len(done), folder=folder)
            self.messages.note(f"{said}\n{problem}")

    def _published(self, found: "list[Published]") -> None:
        (done,) = found
        self.page.tools.passphrase.clear()
        words = [_("已写到 {path}，校验码 {code}。").format(path=done.path, code=done.check_code), *done.doubts]
        if done.questions:
            words.append(_("有 {count} 个问题没有答复，由收到的单位自己答复。").format(count=len(done.questions)))
        (self.messages.note if done.doubts or done.questions else self.messages.good)("\n".join(words))
