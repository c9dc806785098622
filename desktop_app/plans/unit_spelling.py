"""How a cell writes what a directory spells out: two names drawn together, a shared ending, a count."""

import re

from desktop_app.plans.numerals import chinese_number
from desktop_app.plans.unit_names import Names
from desktop_app.plans.unit_words import PLACE


def spelled_out(text: str, names: Names) -> str:
    """东西城 and 东、西城区 with both names in full, 16+1 as 17, and 管委会 after each name that shares it."""
    if "管委会" in text and "、" in text:
        text = re.sub(
            r"[^、,;。()]{2,12}(?=、[^,;。()]*管委会)",
            lambda found: found[0] + ("管委会" if names.shares_committee(found[0]) else ""),
            text,
        )
    text = re.sub(r"(?<!\d)16\+1(?!\d)", "17", text)
    return re.sub(r"东、?西城区?(?=$|[、,;。()等外和及与除政])", "东城区、西城区", text)


def ends_other_name(gap: str) -> bool:
    """Whether a name here would be the middle of a longer, unknown one (中关村科技园区海淀园)."""
    return (
        bool(gap)
        and not gap.endswith(PLACE)
        and gap not in ("北京", "北京市", "市", "由", "请", "以", "'", '"', "“", "”")
    )


def count(text: str | None) -> int | None:
    """What 16 or 十六 counts; None where no count is written."""
    if not text:
        return None
    return int(text) if text.isdigit() else chinese_number(text)
