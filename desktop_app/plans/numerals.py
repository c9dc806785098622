"""Numbers as tables write them: full-width, circled, bracketed, in Chinese."""

import re
import unicodedata
from functools import lru_cache

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_PLACES = {"十": 10, "百": 100, "千": 1000}
CHINESE = "[〇零一二两三四五六七八九十百千]"


def chinese_number(text: str) -> int | None:
    """十二 -> 12, 二〇二三 -> 2023, 三百 -> 300; None for what is no number."""
    if not text or any(char not in _DIGITS and char not in _PLACES for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit or 1) * _PLACES[char]
            digit = 0
    return total + digit


def arabic(text: str, before: str) -> str:
    """The text with Chinese numerals turned to digits where a character of `before` follows (月, 日, 季度 …)."""
    return re.sub(f"{CHINESE}+(?=[{before}])", lambda found: str(chinese_number(found[0])), text)


@lru_cache(maxsize=4096)
def serial(text: str) -> str | None:
    """A row's number in plain digits: ３, (3), ③, 3.0, 三、, ★3 -> "3", and 1.2 -> "1.2"; None where it is none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = plain.strip("★☆*▲()[]【】\u3014\u3015第项、.,。:") or plain
    plain = re.sub(r"^(?:NO|No|no|№)\.?(?=\d)|(?<=\d)(?:项|条|号|#|\))$", "", plain)
    if re.fullmatch(r"\d+(\.0+)?", plain):
        return str(int(plain.split(".")[0]))
    if re.fullmatch(r"\d+([.-]\d+)+", plain):
        return plain
    number = chinese_number(plain)
    return None if number is None else str(number)
