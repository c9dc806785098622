"""File names that every disk takes: FAT, exFAT and NTFS forbid more than ext4."""

import re
import unicodedata

LONGEST = 200  # bytes of UTF-8: ext4 allows 255, and .part and a number must still fit
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\..*)?", re.IGNORECASE)


def safe_name(text: str) -> str:
    """The text as one file name: no path, no control or invisible character, no device name, not too long."""
    visible = "".join(
        char if not unicodedata.category(char).startswith("C") else "_" for char in unicodedata.normalize("NFC", text)
    )
    name = _FORBIDDEN.sub("_", visible).strip("._ ") or "_"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name)


def _shortened(name: str) -> str:
    """Within LONGEST bytes; the ending that says what the file is stays."""
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = name, ""
    ending = dot + ending if ending else ""
    return stem.encode()[: LONGEST - len(ending.encode())].decode(errors="ignore") + ending
