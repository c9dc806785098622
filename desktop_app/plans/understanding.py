"""A row's texts to a task: units, deadline and targets, and the questions that only a person can settle.

Pure and repeatable: the same texts and answers give the same task, so an answer is applied by understanding again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop_app.language import N_
from desktop_app.model.plan import Deadline, DeadlineKind, Obligation, Question, Target, Task
from desktop_app.model.sentence import Sentence, say
from desktop_app.model.unit import Directory
from desktop_app.plans.cells import one_line, squeeze
from desktop_app.plans.deadline import read_deadline
from desktop_app.plans.heading_words import FIELD_NAMES
from desktop_app.plans.in_words import NO_AMOUNT, deadline_in, targets_in, units_in
from desktop_app.plans.owners import Units, read_units
from desktop_app.plans.questions import asked
from desktop_app.plans.target import read_targets
from desktop_app.plans.task_table import Row
from desktop_app.plans.unit_names import near_units

# Answers are data that are kept and compared, so they are Chinese in every language of the window.
ALL_DISTRICTS = N_("各区政府（16个区）")
ALL_WITH_AREA = N_("各区政府（含北京经济技术开发区管委会）（17个）")
ONLY_NAMED = N_("只有已列明的单位")
NO_UNIT = N_("不是报送单位")
DEADLINE_CHOICES = (N_("年底前"), N_("6月底前"), N_("9月底前"), N_("11月底前"), N_("长期实施"))
_GROUP_CHOICES = {
    "生态涵养区": "门头沟区、平谷区、怀柔区、密云区、延庆区",
    "核心区": "东城区、西城区",
    "城六区": "东城区、西城区、朝阳区、海淀区、丰台区、石景山区",
    "中心城区": "东城区、西城区、朝阳区、海淀区、丰台区、石景山区",
}
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
_LATER_AMOUNT = re.compile(
    r"待定|待下达|另行下达|另行确定|另行通知|分解下达后|[×xX*_]{2,}\s*(?:万|亿)?(?:家|户|台|辆|个|处|亩|吨|公里|蒸吨|项|%)"
)
_LONGEST_SUBJECT = 40
_ROLES = ("owners", "lead", "supporters")
_ROLE_ASK = {
    "owners": N_("「{phrase}」具体是哪些单位主责，请选择或逐一写明。"),
    "blank": N_("没有填写主责单位，由哪些单位主责？"),
    "unknown": N_("「{phrase}」不在单位名录里，是哪个单位？"),
}


@dataclass(frozen=True)
class Setting:
    """What understanding rests on besides the row: the units known, the plan's year, and answers by question id."""

    directory: Directory
    year: int
    sheet: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Understood:
    """A task with its questions, answered or open, and remarks for the person who imports."""

    task: Task
    questions: tuple[Question, ...]
    warnings: tuple[Sentence, ...]


def understand(row: Row, setting: Setting) -> Understood:
    """The task that a row describes; raises ClerkError for an answer that cannot be applied."""
    return _Understanding(row, setting).run()


def row_of(task: Task, unread: tuple[tuple[str, str], ...] = ()) -> Row:
    """The texts that a task was understood from."""
    return Row(
        annex=task.annex,
        number=task.number,
        measure=task.measure,
        section=task.section,
        key=task.key,
        title=task.title,
        deadline=task.deadline.raw,
        lead=task.lead_raw,
        owners=task.owners_raw,
        supporters=task.supporters_raw,
        goal=task.goal_raw,
        obligation=task.obligation or "",
        unread=unread,
    )


_BARE_GOAL = re.compile(r"(?:[≤≥<>＜＞]=?|[0-9０-９]|不[高低超多少大小]|控制在|达到|至少|力争|完成|累计|全年)")


def _with_subject(goal: str, measure: str) -> str:
    """A goal cell such as 33微克/立方米 speaks of what the measure names: PM2.5年均浓度 makes it an upper bound."""
    subject = re.split("[，。；,;]", measure, maxsplit=1)[0]
    bare = _BARE_GOAL.match(goal) and not re.search(r"\d", re.sub(r"PM2\.5|PM10", "", subject))
    joint = "为" if re.search("[A-Za-z0-9]$", subject) else ""  # a figure right after a letter is part of a name
    return f"{subject}{joint}{goal}" if bare and len(subject) <= _LONGEST_SUBJECT else goal


def _any_figure(targets: tuple[Target, ...]) -> bool:
    return any(target.value is not None for target in targets)


class _Understanding:
    """One row being understood."""

    def __init__(self, row: Row, setting: Setting) -> None:
        self.row = row
        self.setting = setting
        self.questions: list[Question] = []
        self.warnings: list[Sentence] = []

    def run(self) -> Understood:
        row = self.row
        hidden = self._hidden_fields()
        units = {role: () if role in hidden else self._units(role) for role in _ROLES}
        task = Task(
            id=row.id,
            annex=row.annex,
            number=row.number,
            key=row.key,
            title=row.title,
            measure=row.measure,
            deadline=self._deadline(asked="deadline" not in hidden),
            section=row.section,
            lead=units["lead"],
            owners=units["owners"],
            supporters=units["supporters"],
            lead_raw=row.lead,
            owners_raw=row.owners,
            supporters_raw=row.supporters,
            targets=self._targets(),
            goal_raw=row.goal,
            obligation=Obligation(row.obligation) if row.obligation else None,
        )
        still = tuple(question.id for question in self.questions if question.answer is None)
        task = replace(task, open_questions=still) if still else task
        return Understood(task, tuple(self.questions), tuple(self.warnings))

    def _hidden_fields(self) -> set[str]:
        """Fields whose column is not known yet: one question for the sheet stands for all its rows."""
        return {name for name in FIELD_NAMES if self.row.unread and not getattr(self.row, name)}

    def _ask(self, kind: str, ending: str, text: Sentence, choices: tuple[str, ...], subject: str = "") -> str | None:
        """Put a question on record; its answer where it has one. `subject` is the phrase it turns on."""
        key = f"{self.row.id}-{ending}"
        answer = self.setting.answers.get(key)
        where = say(N_("{sheet} 序号{number}"), sheet=self.setting.sheet, number=self.row.number)
        self.questions.append(asked(key, kind, where, text, choices, self.row.id, answer, subject))
        return answer

    def _units(self, role: str) -> tuple[str, ...]:
        raw = getattr(self.row, role)
        found = read_units(raw, self.setting.directory)
        self.warnings.extend(say("{task} {said}", task=self.row.id, said=warning) for warning in found.warnings)
        settled: dict[str, tuple[str, ...]] = {}
        for place, phrase in enumerate(dict.fromkeys(found.unknown), start=1):
            self._settle_unknown(role, place, phrase, settled)
        open_phrases = (*found.vague, *found.etc)
        if role == "owners":
            if not found.codes and not open_phrases and not found.unknown:
                return self._blank_owners()
            if open_phrases:
                self._settle_owners(found, open_phrases, settled)
        elif open_phrases:
            text = N_("{task} 的{role}「{phrase}」没有逐一列明，只登记了列明的单位。")
            named = say(FIELD_NAMES[role])
            self.warnings.append(say(text, task=self.row.id, role=named, phrase="、".join(open_phrases)))
        return read_units(raw, self.setting.directory, settled).codes if settled else found.codes

    def _settle_owners(self, found: Units, phrases: tuple[str, ...], settled: dict[str, tuple[str, ...]]) -> None:
        groups = tuple(names for word, names in _GROUP_CHOICES.items() if any(word in phrase for phrase in phrases))
        named = (ONLY_NAMED,) if found.codes else ()
        choices = (*found.suggested, *groups, ALL_DISTRICTS, ALL_WITH_AREA, *named)
        text = say(_ROLE_ASK["owners"], phrase="、".join(phrases))
        answer = self._ask("owners", "owners", text, choices, "、".join(phrases))
        if answer is not None:
            codes = () if squeeze(answer) == ONLY_NAMED else self._codes(answer)
            settled.update(dict.fromkeys(phrases, ()))
            settled[phrases[0]] = codes

    def _blank_owners(self) -> tuple[str, ...]:
        lead = read_units(self.row.lead, self.setting.directory).codes
        units = [unit for code in lead if (unit := self.setting.directory.find(code))]
        choices = (*(unit.short_name for unit in units), ALL_DISTRICTS, ALL_WITH_AREA)
        answer = self._ask("owners", "owners", say(_ROLE_ASK["blank"]), choices)
        return () if answer is None else self._codes(answer)

    def _settle_unknown(self, role: str, place: int, phrase: str, settled: dict[str, tuple[str, ...]]) -> None:
        if role == "lead" and _PERSON.fullmatch(phrase) and phrase[-1] not in "局委办部会院区厅处团社台站所":
            self.warnings.append(say(N_("{task} 的「{name}」看来是人名，没有登记。"), task=self.row.id, name=phrase))
            settled[phrase] = ()
            return
        ending = "unknown_unit" + ("" if role == "owners" else f"-{role}") + ("" if place == 1 else f"-{place}")
        text = say(_ROLE_ASK["unknown"], phrase=phrase)
        answer = self._ask("unknown_unit", ending, text, (*self._close_names(phrase), NO_UNIT), phrase)
        if answer is not None:
            settled[phrase] = () if squeeze(answer) == NO_UNIT else self._codes(answer)

    def _close_names(self, phrase: str) -> tuple[str, ...]:
        return tuple(unit.short_name for unit in near_units(phrase, self.setting.directory))

    def _codes(self, answer: str) -> tuple[str, ...]:
        return units_in(answer, self.setting.directory)

    def _deadline(self, *, asked: bool) -> Deadline:
        raw = one_line(self.row.deadline)
        found, doubt = read_deadline(raw, self.setting.year)
        if doubt is None or not asked:
            return found
        as_written = () if found.kind is DeadlineKind.UNKNOWN else (raw,)
        text = say(N_("{doubt}，应按什么时限管理？"), doubt=doubt)
        answer = self._ask("deadline", "deadline", text, (*as_written, *DEADLINE_CHOICES), raw)
        if answer is None:
            return found
        return deadline_in(answer, raw, self.setting.year)

    def _targets(self) -> tuple[Target, ...]:
        measure, goal = self.row.measure, one_line(self.row.goal)
        targets = read_targets(measure, self.setting.directory)
        if goal and not _LATER_AMOUNT.search(goal):
            stated = read_targets(_with_subject(goal, measure), self.setting.directory)
            if not _any_figure(stated):
                stated = read_targets(goal, self.setting.directory)
            if _any_figure(stated):
                known = {(target.value, target.unit, target.scope) for target in targets if target.value is not None}
                kept = tuple(target for target in targets if target.value is not None)
                targets = (*kept, *(new for new in stated if (new.value, new.unit, new.scope) not in known))
        if not _LATER_AMOUNT.search(measure) and not _LATER_AMOUNT.search(goal):
            return targets
        text = say(N_("任务的数量目标没有写定，是多少？（例如「{example}」）"), example="120家")
        answer = self._ask("target", "target", text, (NO_AMOUNT,))
        return targets if answer is None else targets_in(answer, measure, self.setting.directory)
