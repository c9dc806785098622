"""A district in a cell of its own, however the table writes it, and the words for the whole city beside it."""

import re
from functools import lru_cache

from desktop_app.model.unit import Directory, Unit
from desktop_app.plans.cells import squeeze
from desktop_app.plans.owners import district

_LONGEST = 30
_COUNT = re.compile(r"^(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)]|[①-⑳])")
_AREA = re.compile("(?:北京)?(?:亦庄|经开区?|经济开发区)(?:新城|开发区|经开区|经济(?:技术)?开发区)?(?:管委会)?")
_TOTAL = re.compile(
    r"(?:全市|合计|总计|小计|共计|平均|市级|本市|北京市|总量|全市(?:合计|平均|目标|总计|任务|总量|指标)|总目标|其中|市级合计|各区合计)[::]?(?:\([^)]*\))?"
)


@lru_cache(maxsize=4096)
def district_of(text: str, directory: Directory) -> Unit | None:
    """The district that a cell names and nothing else: 1.东城区, 东 城, 朝阳区政府, 亦庄; None for other cells."""
    if not text or len(text) > _LONGEST:
        return None
    plain = squeeze(text)
    bare = re.sub(r"\([^()]*\)$", "", _COUNT.sub("", plain)).strip(":：*")
    bare = re.sub("区(?:人民)?政府$", "区", bare)
    found = district(plain, directory) or district(bare, directory)
    if found is None and _AREA.fullmatch(bare):
        return directory.find("北京经济技术开发区")
    return found


def is_total(text: str) -> bool:
    """Whether a cell speaks of the whole city in a table of districts: 全市, 合计."""
    return bool(_TOTAL.fullmatch(squeeze(text)))


def district_within(texts: tuple[str, ...], directory: Directory) -> Unit | None:
    """The one district that titles speak of (朝阳区2024年重点任务); None where they name several or none."""
    found = {}
    for text in texts:
        plain = squeeze(text)
        if re.search(r"各区|全市|\(含", plain):
            continue
        for unit in directory.districts(with_development_area=True):
            long = [
                word for word in (unit.name, *unit.aliases) if word.endswith(("区", "区政府", "委会")) and len(word) > 2
            ]
            if any(word in plain for word in long if word != "开发区") or district_of(text, directory) == unit:
                found[unit.code] = unit
    return next(iter(found.values())) if len(found) == 1 else None
