"""The reading process: tells by its bytes what a file is, reads it, answers with its texts or one word of refusal."""

import json
import re
import sys
from typing import Any

from .archive import Archive
from .bounds import FORM_CHARACTERS, MEMORY, Refused
from .grid import Grid

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
# Streams of an OLE file by what they make it; the first that is present counts.
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "slides"),
)
_TYPES = {b"opendocument.spreadsheet": "ods", b"opendocument.text": "odt", b"epub": "archive"}


def main() -> None:
    """Answer on stdout. The word "form" behind the folder says that people typed into this file."""
    _limit_memory()
    if "form" in sys.argv[2:]:
        Grid.longest = FORM_CHARACTERS
    found = answer_to(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False, check_circular=False).encode("utf-8", "ignore"))


def answer_to(data: bytes) -> dict[str, Any]:
    """The texts of a file, or the word of its refusal; never raises."""
    try:
        return read(data)
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "large"}
    except RecursionError:
        return {"refused": "deep"}
    except Exception:  # noqa: BLE001 - whatever a reader trips over, the file is not one we can read
        return {"refused": "damaged"}


def read(data: bytes) -> dict[str, Any]:
    """The texts of whatever this is; raises Refused, or what a damaged file makes a reader raise."""
    # Each reader is loaded only for its own format: the child's start is part of every import's time.
    # ruff: noqa: PLC0415
    kind = kind_of(data)
    if kind == "zip":
        return _read_archive(Archive(data))
    if kind == "xls":
        from .xls import read_xls

        return read_xls(data)
    if kind in ("html", "sheet2003"):
        from .web import read_html, read_sheet2003

        return read_html(data) if kind == "html" else read_sheet2003(data)
    if kind == "text":
        from .delimited import read_delimited

        return read_delimited(data)
    raise Refused(kind)


def kind_of(data: bytes) -> str:
    """What the first bytes say: a format that is read, or the word of a refusal."""
    if not data:
        return "empty"
    if data[:4] == b"PK\x03\x04":
        return "zip"
    if data[:4] == b"PK\x05\x06":
        return "archive"
    if data[:8] == _OLE:
        return _ole_kind(data)
    if re.match(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00", data):
        return "xls"
    for start, kind in _STARTS:
        if data.startswith(start) and (kind != "picture" or b"\0" in data[:64]):
            return kind
    return _text_kind(data)


def _ole_kind(data: bytes) -> str:
    for name, kind in _STREAMS:
        entry = name.encode("utf-16-le")
        length = (len(entry) + 2).to_bytes(2, "little")
        at = data.find(entry)
        while at >= 0:
            if at % 128 == 0 and data[at + 64 : at + 66] == length:
                return kind
            at = data.find(entry, at + 1)
    return "damaged"


def _text_kind(data: bytes) -> str:
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if plain.startswith(b"mime-version:"):
        return "mhtml"
    if plain.startswith((b"%pdf", b"{\\rtf")):
        return "pdf" if plain.startswith(b"%") else "rtf"  # behind a mark or blank lines that do not belong there
    if plain.startswith((b"<?xml", b"<workbook")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
            return "sheet2003"
        return "html" if b"<html" in plain else "xml"
    if re.match(rb"(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|meta|body|table|style)", plain, re.DOTALL):
        return "html"
    return "text"


def _read_archive(archive: Archive) -> dict[str, Any]:
    main = next((part for kind, part in archive.relations("").values() if kind == "officeDocument"), None)
    if main is None or main not in archive:
        main = next((name for name in ("xl/workbook.xml", "word/document.xml") if name in archive), None)
    if main is None:
        raise Refused(_foreign(archive))
    top = main.lower().partition("/")[0]
    if main.lower().endswith(".bin"):
        raise Refused("xlsb")
    if top == "ppt":
        raise Refused("slides")
    if top == "word" or main.lower().endswith("document.xml"):
        from .docx import read_docx  # noqa: PLC0415

        return read_docx(archive, main)
    from .xlsx import read_xlsx  # noqa: PLC0415

    return read_xlsx(archive, main)


def _foreign(archive: Archive) -> str:
    if "ofd.xml" in archive:
        return "ofd"
    if "mimetype" in archive:
        said = archive.bytes_of("mimetype")
        return next((kind for word, kind in _TYPES.items() if word in said), "archive")
    return "damaged" if "[content_types].xml" in archive else "archive"


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
