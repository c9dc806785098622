"""Reporting units and the directory they are looked up in."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from unicodedata import normalize

_CITY = "北京市"


class UnitKind(StrEnum):
    """The three kinds of addressee that the notice names."""

    DISTRICT = "district_government"
    DEPARTMENT = "municipal_department"
    INSTITUTION = "municipal_institution"


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit 报送单位. `sort_order` is the official order, which is not the order of the codes."""

    code: str
    name: str
    kind: UnitKind
    sort_order: int
    aliases: tuple[str, ...] = ()

    @property
    def short_name(self) -> str:
        """The name people say: 朝阳区, 市交通委."""
        if self.kind is UnitKind.DISTRICT:
            for alias in self.aliases:
                if alias.endswith("区"):
                    return alias
        return self.aliases[0] if self.aliases else self.name


def _spellings(word: str) -> tuple[str, ...]:
    said = "".join(normalize("NFKC", word).split())
    rest = said.removeprefix(_CITY)
    return (said, _CITY + said) if rest == said else (said, rest, f"市{rest}")


@dataclass(frozen=True)
class Directory:
    """All units known, in official order; a unit is found by code, full name or alias."""

    units: tuple[Unit, ...]
    _by_word: dict[str, Unit] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for unit in self.units:
            for word in (unit.code, unit.name, *unit.aliases):
                self._by_word.setdefault(word, unit)

    def __hash__(self) -> int:
        # Counted once: everything that is remembered about a directory is looked up by it, thousands of times.
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.units)

    def find(self, word: str) -> Unit | None:
        """The unit of this code, full name or alias, with or without its 北京市; None where no such unit is known."""
        known = self._by_word.get(word.strip())
        return known or next((self._by_word[each] for each in _spellings(word) if each in self._by_word), None)

    def districts(self, *, with_development_area: bool) -> tuple[Unit, ...]:
        """The 16 districts in official order, with 北京经济技术开发区 as the 17th where asked."""
        found = (unit for unit in self.units if unit.kind is UnitKind.DISTRICT)
        return tuple(unit for unit in found if with_development_area or unit.code.isdigit())

    def words(self) -> dict[str, Unit]:
        """Every code, name and alias with its unit."""
        return dict(self._by_word)
