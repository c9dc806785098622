"""What the checks say as lines to list: which heading each stands under, and whether a filter lets it through."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.desk.check_list import GROUPS, SEVERITY_WORDS, UNCHECKED_WORD, family, group_of, short_message
from desktop_app.desk.check_report import lacking_words
from desktop_app.language import N_, _
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.finding import REPORT, Finding, Unchecked
from ui.session import Session
from ui.theme.lights import SEVERITY_SIGNS

BY_SEVERITY, BY_TASK, BY_FAMILY = "severity", "task", "family"
ARRANGEMENTS = ((BY_SEVERITY, N_("按级别")), (BY_TASK, N_("按任务")), (BY_FAMILY, N_("按类别")))
SIGNS = {**SEVERITY_SIGNS, "unchecked": "－"}
ALL, OPEN = "all", "open"
SHOWN = (
    (ALL, N_("全部")),
    (OPEN, N_("待处理")),
    ("error", N_("错误")),
    ("warning", N_("警示")),
    ("hint", N_("提示")),
    ("unchecked", N_("未校验")),
)


@dataclass(frozen=True)
class CheckItem:
    """One line: a finding, or a rule that had no answer. `kind` is its severity or unchecked, `word` says so."""

    code: str
    task: str
    field: str | None
    kind: str
    word: str
    group: str
    place: str
    wrong: str
    blocks: bool
    said: Finding | Unchecked

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same while words and figures change."""
        return self.task, self.code

    @property
    def text(self) -> str:
        """All of it, as a screen reader says it."""
        return f"{SIGNS[self.kind]} {self.word}　{self.code}　{self.place}\n{self.wrong}"

    def passes(self, shown: str, words: str) -> bool:
        """Whether the chosen kind and every word searched for fit."""
        fits = shown == ALL or (self.blocks if shown == OPEN else self.kind == shown)
        whole = self.text.casefold()
        return fits and all(word in whole for word in words.casefold().split())


def items(session: Session) -> list[CheckItem]:
    """Everything, in the order of the tasks."""
    checked = session.checked()
    found = [_of_finding(session, finding, group_of(checked, finding)) for finding in checked.findings]
    return [*found, *(_of_unchecked(session, item) for item in checked.unchecked)]


def grouped(lines: list[CheckItem], arrangement: str) -> Iterator[tuple[str, list[CheckItem]]]:
    """Headings with their lines; by severity the stale explanations come first and 未校验 last."""
    if arrangement == BY_SEVERITY:
        for group in GROUPS:
            under = [line for line in lines if line.group == group]
            if under:
                yield _(group), under
        return
    heads: dict[str, list[CheckItem]] = {}
    for line in sorted(lines, key=lambda line: line.code[1:]) if arrangement == BY_FAMILY else lines:
        head = family(line.code) if arrangement == BY_FAMILY else _task_words(line)
        heads.setdefault(head, []).append(line)
    yield from heads.items()


def place(session: Session, task: str, field: str | None) -> str:
    """Which task and field, in words."""
    if task == REPORT:
        return _("整份月报")
    title = next((row.task.title for row in session.view.rows if row.task.id == task), "")
    label = _(FIELD_LABELS[field]) if field in FIELD_LABELS else ""
    return "　".join(part for part in (task, title, label) if part)


def _of_finding(session: Session, finding: Finding, group: str) -> CheckItem:
    return CheckItem(
        finding.code,
        finding.task,
        finding.field,
        finding.severity.value,
        _(SEVERITY_WORDS[finding.severity]),
        group,
        place(session, finding.task, finding.field),
        short_message(finding),
        finding.blocks,
        finding,
    )


def _of_unchecked(session: Session, item: Unchecked) -> CheckItem:
    field = next((name for name in item.lacks if name in FIELD_LABELS), None)
    where = place(session, item.task, field)
    word, wrong = _(UNCHECKED_WORD), lacking_words(item)
    return CheckItem(item.code, item.task, field, "unchecked", word, GROUPS[-1], where, wrong, blocks=False, said=item)


def _task_words(line: CheckItem) -> str:
    return line.place if line.task == REPORT else "　".join(line.place.split("　")[:2])
