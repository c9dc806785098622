"""Translations: `collect` finds every text marked in the source, `build` makes the .mo files the program reads.

A new language in three steps: copy resources/translations/en.po under its code and translate it, name it in
desktop_app.language.LANGUAGES, run `build`.
"""

import ast
import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "resources" / "translations"
STRAIGHT = str.maketrans("“”‘’", "\"\"''")  # the interface's face draws the curved ones as wide as a Chinese character


def texts() -> Catalog:
    """Every text marked with _() or N_() in desktop_app/ and ui/, with no line numbers: they only make noise.

    Read from the syntax tree: babel's own extraction passes over what stands inside an f-string on Python 3.11.
    """
    catalog = Catalog(project="yuebao", charset="utf-8")
    for room in ("desktop_app", "ui"):
        for file in sorted((TOP / room).rglob("*.py")):
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match call:
                    case ast.Call(func=ast.Name(id="_" | "N_"), args=[ast.Constant(value=str(message)), *_rest]):
                        catalog.add(message)
    return catalog


def collect() -> None:
    """Bring every .po up to date with the source; a translation of a text that is gone goes too."""
    found = texts()
    for file in sorted(FOLDER.glob("*.po")):
        with file.open("rb") as stream:
            catalog = read_po(stream, locale=file.stem)
        catalog.update(found, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with file.open("wb") as stream:
            write_po(stream, catalog, sort_output=True, omit_header=False, width=110, ignore_obsolete=True)


def build() -> None:
    """Write a .mo beside each .po that is newer than it."""
    for file in sorted(FOLDER.glob("*.po")):
        target = file.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= file.stat().st_mtime:
            continue
        with file.open("rb") as stream:
            catalog = read_po(stream, locale=file.stem)
        for message in catalog:
            if isinstance(message.string, str):
                message.string = message.string.translate(STRAIGHT)
        beside = target.with_suffix(f".{os.getpid()}.mo")  # whoever reads meanwhile reads the old one whole
        with beside.open("wb") as out:
            write_mo(out, catalog)
        beside.replace(target)


if __name__ == "__main__":
    {"collect": collect, "build": build}[sys.argv[1]]()
