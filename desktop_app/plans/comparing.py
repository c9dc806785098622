"""Two plans held against each other: which measure is which, and what differs.

A measure is known by its words, not by its number: numbers move when a row is put in above. Words that are the same
count first, then the same number with words that are near, then near words anywhere in the plan.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from desktop_app.model.plan import Change, Comparison, Indicator, Plan, Target, Task
from desktop_app.plans.cells import squeeze

_NEAR = 0.6  # share of pairs of characters that two wordings of one measure have in common
_SAME_NUMBER = 0.3  # under the same number and topic, less has to be alike
_MOST = 250_000  # pairs to be held against each other; two plans of 500 measures with no words in common
_MARKS = re.compile(r"[^\w%]+")
_FIELDS = ("measure", "title", "section")
_UNITS = ("lead", "owners", "supporters")


def compare(old: Plan, new: Plan) -> Comparison:
    """What the newer plan adds, drops and changes."""
    pairs = same_measures(old.tasks, new.tasks)
    partner = dict(pairs)
    before, after = ({task.id: task for task in plan.tasks} for plan in (old, new))
    found = {task.id for task in new.tasks} - set(partner.values())
    changed = [change for was, now in pairs for change in _changes(before[was], after[now])]
    order = {task.id: place for place, task in enumerate(new.tasks)}
    indicators = same_indicators(old.indicators, new.indicators)
    old_rows, new_rows = ({row.id: row for row in plan.indicators} for plan in (old, new))
    return Comparison(
        added=tuple(task.id for task in new.tasks if task.id in found),
        dropped=tuple(task.id for task in old.tasks if task.id not in partner),
        changed=tuple(sorted(changed, key=lambda change: order[change.id])),
        same=tuple(pairs),
        added_indicators=tuple(row.id for row in new.indicators if row.id not in set(indicators.values())),
        dropped_indicators=tuple(row.id for row in old.indicators if row.id not in indicators),
        changed_indicators=tuple(
            change for was, now in indicators.items() for change in _indicator_changes(old_rows[was], new_rows[now])
        ),
    )


def same_measures(old: Sequence[Task], new: Sequence[Task]) -> list[tuple[str, str]]:
    """Pairs of ids (older, newer) that are one measure, in the older plan's order; nobody stands in two pairs."""
    partner: dict[str, str] = {}
    taken: set[str] = set()
    open_old, open_new = list(old), list(new)
    for match in (_by_words, _by_number, _by_likeness):
        for was, now in match(open_old, open_new):
            if was not in partner and now not in taken:
                partner[was] = now
                taken.add(now)
        open_old = [task for task in open_old if task.id not in partner]
        open_new = [task for task in open_new if task.id not in taken]
    return [(task.id, partner[task.id]) for task in old if task.id in partner]


def _plain(text: str) -> str:
    """The words alone: neither blanks nor punctuation nor figures make a measure another one."""
    return re.sub(r"\d[\d.,]*", "0", _MARKS.sub("", squeeze(text)))


def same_words(one: Task, other: Task) -> bool:
    """Whether two measures are worded alike but for their figures."""
    return _plain(one.measure) == _plain(other.measure)


def _by_words(old: Iterable[Task], new: Iterable[Task]) -> Iterable[tuple[str, str]]:
    """The very same words; where a measure stands several times, first those under the same number."""
    places: dict[str, list[Task]] = defaultdict(list)
    for task in new:
        places[squeeze(task.measure)].append(task)
    rest: list[Task] = []
    for task in old:
        same = places.get(squeeze(task.measure), [])
        here = next((other for other in same if other.id == task.id), None)
        if here:
            same.remove(here)
            yield task.id, here.id
        else:
            rest.append(task)
    for task in rest:
        same = places.get(squeeze(task.measure), [])
        same.sort(key=lambda other, annex=task.annex: other.annex != annex)  # type: ignore[misc]
        if same:
            yield task.id, same.pop(0).id


def _by_number(old: Iterable[Task], new: Iterable[Task]) -> Iterable[tuple[str, str]]:
    """The same number in the same annex, worded alike."""
    there = {task.id: task for task in new}
    for task in old:
        other = there.get(task.id)
        if other is None:
            continue
        same_topic = bool(task.title) and squeeze(task.title) == squeeze(other.title)
        if _likeness(task, other) >= (_SAME_NUMBER if same_topic else _NEAR):
            yield task.id, other.id


def _by_likeness(old: Sequence[Task], new: Sequence[Task]) -> list[tuple[str, str]]:
    """Near words under any number, the likest pair first."""
    if len(old) * len(new) > _MOST:
        return []
    index: dict[str, set[int]] = defaultdict(set)
    pairs_of = [_pairs(task.measure) for task in new]
    for place, pairs in enumerate(pairs_of):
        for pair in pairs:
            index[pair].add(place)
    found: list[tuple[float, str, str]] = []
    for task in old:
        own = _pairs(task.measure)
        shared: dict[int, int] = defaultdict(int)
        for pair in own:
            for place in index.get(pair, ()):
                shared[place] += 1
        for place, count in shared.items():
            likeness = 2 * count / (len(own) + len(pairs_of[place]))
            if likeness >= _NEAR:
                found.append((likeness, task.id, new[place].id))
    return [(was, now) for _likeness, was, now in sorted(found, key=lambda each: -each[0])]


def _pairs(text: str) -> set[str]:
    plain = _plain(text)
    return {plain[at : at + 2] for at in range(max(1, len(plain) - 1))}


def _likeness(one: Task, other: Task) -> float:
    first, second = _pairs(one.measure), _pairs(other.measure)
    return 2 * len(first & second) / (len(first) + len(second))


def _changes(was: Task, now: Task) -> list[Change]:
    """The fields of one measure that say something else than before."""
    found: list[Change] = []

    def differ(field: str, old: str, new: str) -> None:
        found.append(Change(now.id, field, old, new, was.id))

    if was.annex != now.annex:
        differ("annex", str(was.annex), str(now.annex))
    if was.number != now.number:
        differ("number", was.number, now.number)
    for name in _FIELDS:
        old, new = getattr(was, name), getattr(now, name)
        if _MARKS.sub("", squeeze(old)) != _MARKS.sub("", squeeze(new)):
            differ(name, old, new)
    if was.key != now.key:
        differ("key", "是" if was.key else "否", "是" if now.key else "否")
    if was.obligation != now.obligation:
        differ("obligation", was.obligation or "", now.obligation or "")
    if (was.deadline.kind, was.deadline.day) != (now.deadline.kind, now.deadline.day) or (
        squeeze(was.deadline.raw) != squeeze(now.deadline.raw)
    ):
        differ("deadline", was.deadline.raw, now.deadline.raw)
    for name in _UNITS:
        if set(getattr(was, name)) != set(getattr(now, name)):
            differ(name, getattr(was, f"{name}_raw"), getattr(now, f"{name}_raw"))
    if _asked(was.targets) != _asked(now.targets):
        differ("targets", words_of(was.targets), words_of(now.targets))
    return found


def _asked(targets: Iterable[Target]) -> set[tuple[object, ...]]:
    """What targets ask for, however they are worded; a measure without a figure is compared by its words alone."""
    return {
        (each.kind, each.direction, each.value, squeeze(each.unit), each.scope)
        for each in targets
        if each.value is not None
    }


def targets_changed(was: Task, now: Task, unit_code: str) -> tuple[str, str] | None:
    """The common targets and this unit's own, before and now; None where nothing else is asked of the unit."""
    old, new = ([each for each in task.targets if each.scope in (None, unit_code)] for task in (was, now))
    return (words_of(old), words_of(new)) if _asked(old) != _asked(new) else None


def words_of(targets: Iterable[Target]) -> str:
    """Targets in one line, as the plan words them."""
    return "；".join(target.raw or target.indicator for target in targets)


def same_indicators(old: Sequence[Indicator], new: Sequence[Indicator]) -> dict[str, str]:
    """Indicators by name, then by the likest name in the same group."""
    partner: dict[str, str] = {}
    for alike in (1.0, 0.7):
        for row in old:
            free = [other for other in new if other.id not in partner.values()]
            if row.id in partner or not free:
                continue
            best = max(free, key=lambda other, row=row: _name_likeness(row, other))  # type: ignore[misc]
            if _name_likeness(row, best) >= alike:
                partner[row.id] = best.id
    return partner


def _name_likeness(one: Indicator, other: Indicator) -> float:
    return SequenceMatcher(None, squeeze(one.name), squeeze(other.name), autojunk=False).ratio()


def _indicator_changes(was: Indicator, now: Indicator) -> list[Change]:
    found: list[Change] = []
    if was.number != now.number or was.annex != now.annex:
        found.append(Change(now.id, "number", was.number, now.number, was.id))
    if squeeze(was.name) != squeeze(now.name):
        found.append(Change(now.id, "name", was.name, now.name, was.id))
    if squeeze(was.unit) != squeeze(now.unit):
        found.append(Change(now.id, "unit", was.unit, now.unit, was.id))
    before, after = ({target.scope or "": target for target in row.targets} for row in (was, now))
    for code in dict.fromkeys((*before, *after)):
        old, new = before.get(code), after.get(code)
        if (_asked([old]) if old else None, old and squeeze(old.raw)) != (
            _asked([new]) if new else None,
            new and squeeze(new.raw),
        ):
            found.append(Change(now.id, f"target.{code}", old.raw if old else "/", new.raw if new else "/", was.id))
    return found
