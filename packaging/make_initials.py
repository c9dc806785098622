"""Recipe for resources/pinyin/initials.txt: which letters a character's readings begin with. Run by hand, not at setup.

Needs Debian's unicode-data (Unihan). `python packaging/make_initials.py [--unihan FOLDER]`. The characters are those of
GB 2312 and of 通用规范汉字表; the readings kTGHZ2013 and kMandarin. The same data give the same bytes.
"""

import argparse
import bz2
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "initials.txt"
READINGS, MAPPINGS = "Unihan_Readings.txt.bz2", "Unihan_OtherMappings.txt.bz2"
HAN = range(0x4E00, 0xA000)


def values(file: Path, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Character and value of each line of these properties."""
    with bz2.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _tab, rest = line.rstrip("\n").partition("\t")
            name, _tab, value = rest.partition("\t")
            if code.startswith("U+") and name in names:
                yield chr(int(code[2:], 16)), value


def letter(reading: str) -> str:
    """zhòng -> z; the rare readings without a vowel (ń, hm) keep the letter they are written with."""
    return unicodedata.normalize("NFD", reading)[0].lower()


def in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return ord(character) in HAN


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--unihan", type=Path, default=Path("/usr/share/unicode"))
    folder = asked.parse_args().unihan
    wanted = {character for character, _value in values(folder / MAPPINGS, ("kTGH",))}
    wanted |= {chr(code) for code in HAN if in_gb2312(chr(code))}
    by_letter: dict[str, set[str]] = {}
    for character, value in values(folder / READINGS, ("kTGHZ2013", "kMandarin")):
        if character in wanted:
            for word in value.split():
                for reading in re.split(",", word.rpartition(":")[2]):
                    by_letter.setdefault(letter(reading), set()).add(character)
    lines = [f"{first} {''.join(sorted(by_letter[first]))}\n" for first in sorted(by_letter)]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("".join(lines), encoding="utf-8")
    print(f"{OUT.name}: {len(set().union(*by_letter.values()))} of {len(wanted)} characters, {len(lines)} letters")


if __name__ == "__main__":
    main()
