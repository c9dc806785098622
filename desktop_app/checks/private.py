"""Numbers and addresses of people in a text, masked in what is said about them: findings are printed too."""

import re
import unicodedata
from datetime import date

_SEPARATED = re.compile(r"\d(?:[- .·—–]?\d){10}")
_MOBILE = re.compile(
    r"(?<![\d.])(?:(?:\+|00)86[- ]?)?(1[3-9]\d(?:[- ]?\d{4}[- ]?\d{4}|([.·—–])\d{4}\2\d{4}))(?![\d.]\d|\d)"
)
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z])(?:62|[45]\d)\d{2}(?:[- ]?\d{4}){3}(?:[- ]?\d{1,3})?(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LANDLINE = re.compile(r"(?<![\d.])[(（]?0\d{2,3}[)）]?[- —–]?\d{7,8}(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII)
_RUN = re.compile(r"[0\uff10]\d{2,3}[)）]?[- —–]?\d{7}")
_NOT_DIGITS = re.compile(r"\D")


def may_hold_numbers(text: str) -> bool:
    """Whether it is worth looking closer for numbers of people."""
    return bool(_SEPARATED.search(text))


def may_hold_contacts(text: str) -> bool:
    """Whether it is worth looking closer for telephone numbers and addresses."""
    return "@" in text or "\uff20" in text or bool(_RUN.search(text))


def private_numbers(text: str) -> tuple[str, ...]:
    """Mobile, identity and bank card numbers (the latter two with right check digits), masked."""
    if not _SEPARATED.search(text):
        return ()
    folded = unicodedata.normalize("NFKC", text)
    mobiles = [_masked(found[1], 3) for found in _MOBILE.finditer(folded)]
    identities = [found[0] for found in _IDENTITY.finditer(folded) if _is_identity(found[0])]
    cards = [_NOT_DIGITS.sub("", found[0]) for found in _CARD.finditer(folded)]
    cards = [card for card in cards if card not in identities and _is_card(card)]
    masked = mobiles + [_masked(number, 6) for number in identities] + [_masked(card, 4) for card in cards]
    return tuple(dict.fromkeys(masked))


def contacts(text: str) -> tuple[str, ...]:
    """Landline numbers and e-mail addresses as they stand: offices have them, and they may be meant to be public."""
    folded = unicodedata.normalize("NFKC", text)
    found = [match[0] for pattern in (_LANDLINE, _MAIL) for match in pattern.finditer(folded)]
    return tuple(dict.fromkeys(found))


def _masked(number: str, shown: int) -> str:
    digits = "".join(character for character in number if character.isalnum())
    return f"{digits[:shown]}{'*' * max(4, len(digits) - shown - 4)}{digits[-4:]}"


def _is_identity(number: str) -> bool:
    """Whether the check digit of GB 11643 is right and the birthday a day."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    if "10X98765432"[total % 11] != number[17].upper():
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born.year >= 1900


def _is_card(number: str) -> bool:
    """Whether Luhn's check digit is right."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
