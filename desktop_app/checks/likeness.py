"""How alike two texts are, and whether one takes up what another announced."""

import re
from functools import lru_cache

from desktop_app.checks.words import says_nothing, squeezed
from desktop_app.model.period import Period

_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_ALIKE = 90  # percent of the longer text that both have at their beginning and end
_A_LOOK = 24  # characters in which two months' texts mostly differ already
_CLAUSES = re.compile(r"[。；;\n]|[一二三四五六七八九十]是|[(（]?\d{1,2}[)）.、](?!\d)")
_ROUTINE = re.compile(
    r"^(?:下一步|下步|下月|接下来|继续|将|拟|计划|按照?|按计划|根据|有序|持续|稳步|扎实|全力|加快|进一步|统筹|做好|相关|各项|任务|工作|推进|推动|开展|落实|加强|实施|要求|安排)*$"
)
_LATER = re.compile(
    r"年底|全年|年内|年末|下半年|上半年|[一二三四]季度|汛前|汛期|采暖季|供暖|入夏|入冬|入汛|夏季|秋季|冬季|春季|长期|常态|适时|待|后续|届时|择期|尽快"
)
_MONTHS = re.compile(r"(\d{1,2})(?:[—–~～至到-](\d{1,2}))?月(?:份|初|上旬|中旬|下旬|底|末)?")
_WEAK = re.compile(
    r"完成|开展|推进|推动|实施|组织|加强|继续|落实|启动|计划|工作|任务|进行|力争|争取|确保|全部|相关|进一步|持续|做好|下一步|\d+月\w{0,2}|底前|\d+(?:\.\d+)?"
)


@lru_cache(maxsize=256)
def figures_of(text: str) -> tuple[str, ...]:
    """All numbers of a text, in their order."""
    return tuple(_FIGURES.findall(text))


def differ(one: str, other: str) -> bool:
    """Whether a Chinese character stands in only one of two texts: a cheap way to know that they are not the same."""
    if any(character not in other and "\u4e00" <= character <= "\u9fff" for character in one[:_A_LOOK]):
        return True
    return any("\u4e00" <= character <= "\u9fff" for character in set(one) ^ set(other))


def nearly_the_same(one: str, other: str) -> bool:
    """Whether two texts differ in a few words only, and in no figure: months that went by bring new figures."""
    spare = (100 - _ALIKE) * max(len(one), len(other))
    if abs(len(one) - len(other)) * 100 > spare or len(set(one) ^ set(other)) * 100 > 2 * spare:
        return False
    if figures_of(one) != figures_of(other):
        return False
    first, second = squeezed(one), squeezed(other)
    longer = max(len(first), len(second))
    if first == second or not longer:
        return False
    head = _begin_alike(first, second)
    tail = _begin_alike(first[head:][::-1], second[head:][::-1])
    return (head + tail) * 100 >= _ALIKE * longer


def forgotten_promises(promises: str, period: Period, said: str, announced: str) -> tuple[str, ...]:
    """The clauses of last month's 下一步 that this month takes up nowhere.

    `said` is what this month reports, `announced` what it still plans: a promise that is due by the period's end must
    be found in the former, any other in either. Promises for later, and those that promise nothing, are left out.
    """
    if says_nothing(promises):
        return ()
    found = []
    for clause in _CLAUSES.split(promises):
        words = squeezed(clause)
        if len(words) < 4 or _ROUTINE.match(words):
            continue
        due = _due_by(clause, period)
        if due is None:
            continue
        if not _taken_up(words, said if due else said + announced):
            found.append(clause.strip())
    return tuple(found)


def mentions(request: str, text: str) -> bool:
    """Whether a text takes up what a request was about."""
    return _taken_up(squeezed(request), text)


def _due_by(clause: str, period: Period) -> bool | None:
    """Whether a promise is due by the period's end; False where it names no time, None where it is for later."""
    months = [int(found[2] or found[1]) for found in _MONTHS.finditer(clause)]
    months = [month for month in months if 1 <= month <= 12]
    if months:
        return True if max(months) <= period.month else None
    return None if _LATER.search(clause) else False


def _taken_up(words: str, text: str) -> bool:
    """Whether a fifth of the telling pairs of characters, and at least one, comes up in the text, as it is or bare."""
    kept = _WEAK.sub(" ", words)
    pairs = {piece[at : at + 2] for piece in kept.split() for at in range(len(piece) - 1)}
    if not pairs:
        return True
    return _share_of(pairs, text) or _share_of(pairs, squeezed(text))


def _share_of(pairs: set[str], text: str) -> bool:
    return sum(pair in text for pair in pairs) * 5 >= len(pairs)


def _begin_alike(one: str, other: str) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
