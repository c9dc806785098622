"""Qt's tables of the world's languages, cut down to those of the window: a sixth of 32 MB is left.

What goes: other languages' sorting, other countries' old encodings, and what Qt has itself. What stays: how Chinese and
English are sorted, what all languages share, GB 18030. Needs icupkg, objcopy and gcc.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ENCODINGS = ("gb18030.cnv", "windows-936-2000.cnv", "ibm-1386_P100-2001.cnv")
SPOKEN = re.compile(r"(?:zh|yue|en)(?:_|$)")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:_\w*)?")  # as in de, zh_Hans_CN; other names are not of one language
# Qt has words, numbers, countries and line breaks of its own; of ICU it uses sorting and encodings.
TREES = ("brkitr/", "curr/", "lang/", "rbnf/", "region/", "translit/", "unit/")
UNUSED = ("unames.icu", "confusables.cfu")
SOURCE = """.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, @object
{symbol}:
.incbin "{data}"
.size {symbol}, . - {symbol}
.section .note.GNU-stack, "", @progbits
"""


def is_unwanted(item: str) -> bool:
    """Whether one item of the tables, as coll/de.res, is of no use to the window."""
    stem, _dot, ending = item.rsplit("/", 1)[-1].rpartition(".")
    if item.startswith(TREES):
        return True
    if ending == "cnv":
        return f"{stem}.cnv" not in ENCODINGS
    if ending == "res" and LANGUAGE.fullmatch(stem):
        return SPOKEN.match(stem) is None
    return item in UNUSED


def cut_down(library: Path) -> bool:
    """Make libicudata.so.NN small where it lies; False where the tools for it are missing."""
    if not all(shutil.which(tool) for tool in ("icupkg", "objcopy", "gcc")):
        return False
    number = library.name.rsplit(".", 1)[-1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # by its file name a table is called inside, and found
        whole, small, out = (
            folder / f"icudt{number}l.dat",
            folder / "cut" / f"icudt{number}l.dat",
            folder / library.name,
        )
        small.parent.mkdir()
        subprocess.run(["objcopy", "-O", "binary", "--only-section=.rodata", library, whole], check=True)
        listed = subprocess.run(["icupkg", "-l", whole], check=True, capture_output=True, text=True).stdout.split()
        # the ending matters: without it the list is taken for the name of one item
        (folder / "unwanted.txt").write_text("".join(f"{item}\n" for item in listed if is_unwanted(item)), "ascii")
        subprocess.run(["icupkg", "-r", folder / "unwanted.txt", whole, small], check=True)
        (folder / "data.s").write_text(SOURCE.format(symbol=f"icudt{number}_dat", data=small), "ascii")
        subprocess.run(
            ["gcc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-Wl,--build-id=none", "-o", out,
             folder / "data.s"], check=True,
        )  # fmt: skip
        subprocess.run(["strip", "--strip-unneeded", out], check=True)
        if out.stat().st_size * 2 > library.stat().st_size:
            raise ValueError(f"{library.name} is hardly smaller than it was: icupkg did not understand the list")
        shutil.copyfile(out, library)
    return True
