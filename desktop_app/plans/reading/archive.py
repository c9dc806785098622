"""A zip from outside: held to bounds before anything is unpacked, its parts found by their relations."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from .bounds import ALL_BYTES, DEPTH, MEMBERS, PART_BYTES, Refused

_CHUNK = 256 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    KeyError,
    zlib.error,
)
_WITH_PASSWORD = 1
Start = Callable[[str, dict[str, str]], None]


class Archive:
    """The parts of an OOXML file by their names, whatever case or slashes the writing program used."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN as bad:
            raise Refused("damaged") from bad
        if len(members) > MEMBERS or sum(member.file_size for member in members) > ALL_BYTES:
            raise Refused("large")
        if any(member.flag_bits & _WITH_PASSWORD for member in members):
            raise Refused("locked")
        self._members = {_plain(member.filename): member for member in members}
        self._left = PART_BYTES

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def names(self) -> list[str]:
        """All names, plain."""
        return list(self._members)

    def bytes_of(self, name: str) -> bytes:
        """One part whole; all parts read together stay within bounds."""
        member = self._members.get(_plain(name))
        if member is None:
            raise Refused("damaged")
        self._left -= member.file_size
        if self._left < 0:
            raise Refused("large")
        try:
            return self._zip.read(member)
        except _BROKEN as bad:
            raise Refused("damaged") from bad

    def feed(self, name: str, parser: Any) -> None:
        """Run an expat parser over one part."""
        data = memoryview(self.bytes_of(name))
        try:
            for at in range(0, len(data), _CHUNK):
                parser.Parse(bytes(data[at : at + _CHUNK]), False)
            parser.Parse(b"", True)
        except expat.ExpatError as bad:
            raise Refused("large" if "memory" in str(bad) else "damaged") from bad

    def elements(self, name: str) -> list[tuple[str, dict[str, str]]]:
        """Local name and attributes of every element of a small part, [] where there is no such part."""
        if name not in self:
            return []
        found: list[tuple[str, dict[str, str]]] = []
        parser = new_parser()
        parser.StartElementHandler = lambda tag, attributes: found.append((local(tag), attributes))
        self.feed(name, parser)
        return found

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: (kind, name) by id."""
        folder, name = posixpath.split(part)
        found = {}
        for tag, attributes in self.elements(f"{folder}/_rels/{name}.rels".lstrip("/")):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], whole)
        return found

    def properties(self) -> dict[str, Any]:
        """The title and the year of the last change, as far as the file gives them."""
        texts: dict[str, str] = {}
        parts = [name for kind, name in self.relations("").values() if kind == "core-properties"]
        if parts and parts[0] in self:
            try:
                texts = self._texts(parts[0])
            except Refused as refused:
                if str(refused) != "damaged":
                    raise
        changed = texts.get("modified") or texts.get("created") or ""
        year = int(changed[:4]) if changed[:4].isascii() and changed[:4].isdigit() else None
        return {"title": texts.get("title", ""), "year": year if year and 2000 <= year < 2100 else None}

    def _texts(self, name: str) -> dict[str, str]:
        texts: dict[str, str] = {}
        inside = [""]
        parser = new_parser()

        def start(tag: str, _attributes: dict[str, str]) -> None:
            inside[0] = local(tag)

        def words(text: str) -> None:
            texts[inside[0]] = (texts.get(inside[0], "") + text)[:500]

        parser.StartElementHandler = start
        parser.CharacterDataHandler = words
        self.feed(name, parser)
        return texts


def new_parser() -> Any:
    """An expat parser that refuses a document type before it can name an entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_anything: Any) -> None:
        raise Refused("entities")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def check_tree(archive: Archive, name: str) -> bytes:
    """A part that will be built as a tree: no document type, not nested beyond sense."""
    depth = 0

    def start(_tag: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise Refused("deep")

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    data = archive.bytes_of(name)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as bad:
        raise Refused("damaged") from bad
    return data


def local(tag: str) -> str:
    """An element's name without its prefix."""
    return tag.rpartition(":")[2]


def on(attributes: dict[str, str], name: str) -> bool:
    """Whether a switch such as hidden="1" is set."""
    return attributes.get(name, "") in ("1", "true", "on")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
