"""The key of an encrypted book as people can copy it: thirteen groups of four characters and a check character.

256 bits in Crockford's base 32 (no I, L, O, U), each group with its own check over GF(32): one wrong character, two
that changed places or two groups that did are noticed, and it is known in which group.
"""

import unicodedata

from desktop_app.errors import ClerkError
from desktop_app.language import _

KEY_BYTES = 32
GROUPS, DATA = 13, 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILO", "110")
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1
_SPARE = GROUPS * DATA * 5 - KEY_BYTES * 8  # bits that are always 0


def written(key: bytes) -> tuple[str, ...]:
    """The groups in order; ValueError for a key of another length."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key of {len(key)} bytes")
    number = int.from_bytes(key, "big") << _SPARE
    values = [number >> 5 * place & 31 for place in reversed(range(GROUPS * DATA))]
    groups = [values[start : start + DATA] for start in range(0, len(values), DATA)]
    return tuple(
        "".join(_ALPHABET[value] for value in (*group, _check(place, group))) for place, group in enumerate(groups)
    )


def read(text: str) -> bytes:
    """The key in a text, where lines that begin with # say nothing; ClerkError that names the groups that are wrong."""
    groups = _groups(text)
    if len(groups) != GROUPS:
        raise ClerkError(
            _("恢复密钥应有 {wanted} 组，读到 {found} 组。").format(wanted=GROUPS, found=len(groups)),
            _("请照打印件逐组核对，每组 {count} 个字符。").format(count=DATA + 1),
        )
    wrong = [place + 1 for place, group in enumerate(groups) if not _holds(place, group)]
    if wrong:
        raise ClerkError(
            _("恢复密钥的第 {groups} 组不对。").format(groups="、".join(str(number) for number in wrong)),
            _("请照打印件核对这几组：没有字母 I、L、O、U，容易看错的是 1、0。"),
        )
    number = 0
    for group in groups:
        for character in group[:DATA]:
            number = number << 5 | _ALPHABET.index(character)
    if number & (1 << _SPARE) - 1:
        raise ClerkError(_("恢复密钥的第 {groups} 组不对。").format(groups=GROUPS), _("请照打印件核对。"))
    return (number >> _SPARE).to_bytes(KEY_BYTES, "big")


def _groups(text: str) -> list[str]:
    lines = [line for line in unicodedata.normalize("NFKC", text).splitlines() if not line.lstrip().startswith("#")]
    words = "".join(character if character.isalnum() else " " for character in "\n".join(lines)).upper().split()
    words = [word.translate(_LOOKALIKES) for word in words]
    if len(words) == 1 and len(words[0]) > DATA + 1:  # typed without gaps
        return [words[0][start : start + DATA + 1] for start in range(0, len(words[0]), DATA + 1)]
    return words


def _holds(place: int, group: str) -> bool:
    if len(group) != DATA + 1 or any(character not in _ALPHABET for character in group):
        return False
    *values, check = (_ALPHABET.index(character) for character in group)
    return _check(place, values) == check


def _check(place: int, values: list[int]) -> int:
    """Which character ends this group; the group's place is part of it."""
    found, power = place + 1, 1
    for value in values:
        power = _times(power, 2)
        found ^= _times(power, value)
    return found


def _times(one: int, other: int) -> int:
    """Multiplication in GF(32)."""
    product = 0
    for bit in range(5):
        if other >> bit & 1:
            product ^= one << bit
    for bit in reversed(range(5, 10)):
        if product >> bit & 1:
            product ^= _POLYNOMIAL << bit - 5
    return product
