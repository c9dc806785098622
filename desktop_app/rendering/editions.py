"""The editions of a report, and the one list of what is not for the public."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Edition(StrEnum):
    """FULL is signed and handed in; PUBLIC leaves out what is internal; BLANK is filled by hand; TASK is one task."""

    FULL = "full"
    PUBLIC = "public"
    BLANK = "blank"
    TASK = "task"


# What the public edition leaves out, in the words in which it says so. Everything that is printed asks here.
INTERNAL: Mapping[str, str] = MappingProxyType(
    {
        "problems": "存在问题",
        "coordination": "需协调事项",
        "phone": "联系人和联系电话",
        "findings": "校验提示与情况说明",
        "changes": "与上一版的差异",
        "answers": "退回意见及答复",
        "evidence": "佐证材料",
    }
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which parts an edition prints."""

    hidden: frozenset[str] = frozenset()
    figures_withheld: frozenset[str] = frozenset()  # tasks whose amounts the report does not hold because of that

    @classmethod
    def by(cls, edition: Edition, figures_withheld: frozenset[str] = frozenset()) -> "Shown":
        """The parts of an edition."""
        return cls(frozenset(INTERNAL) if edition is Edition.PUBLIC else frozenset(), figures_withheld)

    def __contains__(self, part: str) -> bool:
        if part not in INTERNAL:
            raise KeyError(part)
        return part not in self.hidden

    @property
    def notice(self) -> str:
        """What is left out, said on the first page; "" where nothing is."""
        names = [name for part, name in INTERNAL.items() if part in self.hidden]
        return f"公开版：不含{'、'.join(names)}" if names else ""
