"""A lint for PDF/A-3b, by the rule numbers of veraPDF's public profile for ISO 19005-3.

RULES is the whole list of what is checked: file structure, catalog, metadata, output intent, attachments, annotations
and forms here; content streams, colours and fonts in pdfa_lint_pages; spelling and signatures in pdfa_lint_strings. Not
checked: JPEG 2000, Separation and DeviceN colours, halftones, Type 1 and simple TrueType glyphs, extension schemas,
optional content beyond its absence.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import pikepdf


@dataclass
class File:
    """An opened file: its bytes, its document and every object in it."""

    raw: bytes
    document: pikepdf.Pdf
    objects: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.objects = list(self.document.objects)

    @property
    def root(self) -> Any:
        return self.document.Root

    def streams(self) -> Iterator[Any]:
        return (item for item in self.objects if isinstance(item, pikepdf.Stream))

    def dictionaries(self) -> Iterator[Any]:
        """Every dictionary, also those inside others and those of streams."""
        for item in self.objects:
            yield from (part for part in parts(item) if isinstance(part, pikepdf.Dictionary | pikepdf.Stream))

    def annotations(self) -> Iterator[Any]:
        for page in self.document.pages:
            yield from page.obj.get("/Annots", [])


Check = Callable[[File], Iterator[Any]]
RULES: dict[str, tuple[str, Check]] = {}


def rule(number: str, text: str) -> Callable[[Check], Check]:
    """Enter a check under its number; it yields one word for each place that breaks the rule."""

    def enter(check: Check) -> Check:
        if number in RULES:
            raise ValueError(f"two checks for {number}")
        RULES[number] = text, check
        return check

    return enter


def lint(pdf: bytes) -> list[str]:
    """Every broken rule as "number: text (place)"; empty when all of RULES hold."""
    with pikepdf.open(io.BytesIO(pdf), inherit_page_attributes=False) as document:
        file = File(pdf, document)
        return [
            f"{number}: {text} ({place})" for number, (text, check) in RULES.items() for place in list(check(file))[:3]
        ]


def parts(value: Any, depth: int = 0) -> Iterator[Any]:
    """A value and the direct values inside it; indirect ones are met as objects of their own."""
    yield value
    if depth > 30:
        return
    inside: list[Any] = []
    if isinstance(value, pikepdf.Array):
        inside = list(value)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        inside = [item for _key, item in value.items()]
    for item in inside:
        if not getattr(item, "is_indirect", False):
            yield from parts(item, depth + 1)


@rule("6.1.2-1", "the header is %PDF-1.n, and a version in the catalog is 1.n too")
def _(file):
    if not re.match(rb"%PDF-1\.[0-7][\r\n]", file.raw):
        yield file.raw[:10]
    if "/Version" in file.root and not re.fullmatch(r"/1\.[0-7]", str(file.root.Version)):
        yield file.root.Version


@rule("6.1.2-2", "a comment of four bytes above 127 follows the header")
def _(file):
    if not re.match(rb"[^\r\n]+\r?\n%[\x80-\xff]{4}", file.raw):
        yield "header"


@rule("6.1.3-1", "the trailer has an ID")
def _(file):
    if len(file.document.trailer.get("/ID", [])) != 2:
        yield "trailer"


@rule("6.1.3-2", "nothing is encrypted")
def _(file):
    if file.document.is_encrypted:
        yield "trailer"


@rule("6.1.3-3", "nothing follows the last %%EOF")
def _(file):
    if not re.search(rb"%%EOF(\r\n|\n|\r)?\Z", file.raw):
        yield file.raw[-20:]


@rule("6.1.7-1", "Length is the number of bytes between stream and the EOL before endstream")
def _(file):
    for found in re.finditer(rb"/Length (\d+)\b(?! \d+ R)(?:[^>]|>(?!>)|>>(?!\s*stream))*?>>\s*stream\r?\n", file.raw):
        if not re.compile(rb"\r?\n?endstream").match(file.raw, found.end() + int(found[1])):
            yield found.start()


@rule("6.1.7-2", "stream is followed by LF or CRLF")
def _(file):
    for found in re.finditer(rb">>\s*stream(?!\r\n|\n)", file.raw):
        yield found.start()


@rule("6.1.7-3", "no stream lies in another file")
def _(file):
    for stream in file.streams():
        if any(key in stream for key in ("/F", "/FFilter", "/FDecodeParms")):
            yield stream.objgen


@rule("6.1.7-4", "only the listed filters, and no LZW")
def _(file):
    allowed = ["ASCIIHex", "ASCII85", "Flate", "RunLength", "CCITTFax", "JBIG2", "DCT", "JPX"]
    for stream in file.streams():
        named = stream.get("/Filter", pikepdf.Array())
        for one in named if isinstance(named, pikepdf.Array) else [named]:
            if str(one)[1:].removesuffix("Decode") not in allowed:
                yield one


@rule("6.1.9-1", "objects are spelled n g obj, on lines of their own")
def _(file):
    for found in re.finditer(rb"[\r\n](\d+)([\s]+)(\d+)([\s]+)obj\b(?!\r\n|\n|\r)", file.raw):
        yield found[0]


@rule("6.1.13-1", "integers fit into 32 bits")
def _(file):
    for item in (part for one in file.objects for part in parts(one)):
        if type(item) is int and not -(2**31) <= item < 2**31:
            yield item


@rule("6.1.13-3", "strings are shorter than 32767 bytes")
def _(file):
    for item in (part for one in file.objects for part in parts(one)):
        if isinstance(item, pikepdf.String) and len(bytes(item)) >= 32767:
            yield len(bytes(item))


@rule("6.1.13-4", "names are at most 127 bytes long")
def _(file):
    for item in (part for one in file.objects for part in parts(one)):
        names = [item] if isinstance(item, pikepdf.Name) else []
        names += list(item.keys()) if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else []
        yield from (name for name in names if len(str(name).encode()) > 128)


@rule("6.1.13-7", "at most 8388607 objects")
def _(file):
    if len(file.objects) > 8388607:
        yield len(file.objects)


@rule("6.2.3-1", "the output intent's profile is a monitor or printer profile, RGB, older than version 5")
def _(file):
    for intent in file.root.get("/OutputIntents", []):
        profile = intent.DestOutputProfile.read_bytes() if "/DestOutputProfile" in intent else b""
        good = profile[12:16] in (b"mntr", b"prtr") and profile[16:20] == b"RGB " and profile[8] < 5
        if not good or intent.S != "/GTS_PDFA1" or intent.DestOutputProfile.get("/N") != 3:
            yield profile[:20]


@rule("6.2.3-2", "there is one output profile")
def _(file):
    profiles = {intent.DestOutputProfile.objgen for intent in file.root.get("/OutputIntents", [])}
    if len(profiles) != 1:
        yield len(profiles)


@rule("6.3.1-1", "annotations are widgets and links only (stricter than the rule)")
def _(file):
    yield from (one.Subtype for one in file.annotations() if one.Subtype not in ("/Widget", "/Link"))


@rule("6.3.2-1", "annotations have flags")
def _(file):
    yield from (one.Subtype for one in file.annotations() if "/F" not in one)


@rule("6.3.2-2", "annotations print and are not hidden")
def _(file):
    yield from (int(one.F) for one in file.annotations() if "/F" in one and int(one.F) & (1 | 2 | 4 | 32 | 256) != 4)


@rule("6.3.3-1", "annotations with an area have an appearance")
def _(file):
    for one in file.annotations():
        x1, y1, x2, y2 = (float(number) for number in one.Rect)
        if (x1 != x2 or y1 != y2) and one.Subtype != "/Link" and "/AP" not in one:
            yield one.Rect


@rule("6.3.3-2", "an appearance is one stream under N")
def _(file):
    for one in file.annotations():
        if "/AP" in one and (set(one.AP.keys()) != {"/N"} or not isinstance(one.AP.N, pikepdf.Stream)):
            yield one.AP.keys()


@rule("6.4.1-1", "widgets and fields have no actions")
def _(file):
    yield from (
        one.keys() for one in file.annotations() if one.Subtype == "/Widget" and {"/A", "/AA"} & set(one.keys())
    )


@rule("6.4.1-3", "no reader is asked to draw the form")
def _(file):
    if bool(file.root.get("/AcroForm", {}).get("/NeedAppearances", False)):
        yield "AcroForm"


@rule("6.4.2-1", "no XFA")
def _(file):
    if "/XFA" in file.root.get("/AcroForm", {}):
        yield "AcroForm"


@rule("6.4.2-2", "NeedsRendering is not set")
def _(file):
    if bool(file.root.get("/NeedsRendering", False)):
        yield "catalog"


@rule("6.5.1-1", "actions lead to places in the document only (stricter than the rule)")
def _(file):
    for one in file.dictionaries():
        action = str(one.get("/S", "")) if one.get("/Type") == "/Action" or "/JS" in one else "/GoTo"
        if action != "/GoTo":
            yield action


@rule("6.5.2-1", "the catalog has no additional actions")
def _(file):
    yield from (key for key in ["/AA"] if key in file.root)


@rule("6.5.2-2", "no page has additional actions")
def _(file):
    yield from (page.index for page in file.document.pages if "/AA" in page.obj)


def _metadata(file: File) -> bytes:
    return bytes(file.root.Metadata.read_bytes()) if "/Metadata" in file.root else b""


@rule("6.6.2.1-1", "the catalog has metadata")
def _(file):
    if file.root.get("/Metadata", {}).get("/Subtype") != "/XML":
        yield "catalog"


@rule("6.6.2.1-2", "the packet's header has no bytes attribute")
def _(file):
    if re.search(rb"<\?xpacket begin=[^>]*\bbytes=", _metadata(file)):
        yield "xpacket"


@rule("6.6.2.1-3", "the packet's header has no encoding attribute")
def _(file):
    if re.search(rb"<\?xpacket begin=[^>]*\bencoding=", _metadata(file)):
        yield "xpacket"


@rule("6.6.2.1-4", "the packet is well-formed")
def _(file):
    try:
        ElementTree.fromstring(_metadata(file))
    except ElementTree.ParseError as reason:
        yield reason


PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
PREDEFINED = (
    PDFAID,
    "{http://purl.org/dc/elements/1.1/}",
    "{http://ns.adobe.com/xap/1.0/}",
    "{http://ns.adobe.com/pdf/1.3/}",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
    "{adobe:ns:meta/}",
)


def _xmp(file: File) -> dict[str, str]:
    """Element to text of the packet; attributes of descriptions count as elements."""
    try:
        tree = ElementTree.fromstring(_metadata(file))
    except ElementTree.ParseError:
        return {}
    found: dict[str, str] = {}
    for element in tree.iter():
        found[element.tag] = "".join(element.itertext()).strip()
        found.update({key: value for key, value in element.attrib.items() if key.startswith(PDFAID)})
    return found


@rule("6.6.2.3-7", "metadata uses predefined schemas only")
def _(file):
    yield from (tag for tag in _xmp(file) if not tag.startswith(PREDEFINED))


@rule("6.6.4-1", "the metadata says that this is PDF/A")
def _(file):
    if PDFAID + "part" not in _xmp(file):
        yield "XMP"


@rule("6.6.4-2", "pdfaid:part is 3")
def _(file):
    if _xmp(file).get(PDFAID + "part") != "3":
        yield _xmp(file).get(PDFAID + "part")


@rule("6.6.4-3", "pdfaid:conformance is B")
def _(file):
    if _xmp(file).get(PDFAID + "conformance") != "B":
        yield _xmp(file).get(PDFAID + "conformance")


@rule("6.6.4-4", "its prefix is pdfaid")
def _(file):
    if b'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"' not in _metadata(file):
        yield "XMP"


def _specifications(file: File) -> list[Any]:
    return [one for one in file.dictionaries() if one.get("/Type") == "/Filespec" or "/EF" in one]


@rule("6.8-1", "embedded files have a MIME type")
def _(file):
    for one in _specifications(file):
        if "/" not in str(one.EF.F.get("/Subtype", ""))[1:]:
            yield one.F


@rule("6.8-2", "file specifications have F and UF")
def _(file):
    yield from (one.keys() for one in _specifications(file) if "/F" not in one or "/UF" not in one)


@rule("6.8-3", "file specifications say how they relate")
def _(file):
    yield from (one.F for one in _specifications(file) if "/AFRelationship" not in one)


@rule("6.8 associated", "every embedded file is associated with the document")
def _(file):
    associated = {one.objgen for one in file.root.get("/AF", [])}
    yield from (one.F for one in _specifications(file) if one.objgen not in associated)


@rule("6.9 absent", "there is no optional content (stricter than 6.9)")
def _(file):
    yield from (key for key in ["/OCProperties"] if key in file.root)


@rule("6.10-1", "there are no alternate presentations")
def _(file):
    if "/AlternatePresentations" in file.root.get("/Names", {}):
        yield "names"


@rule("6.10-2", "no page is a presentation step")
def _(file):
    yield from (page.index for page in file.document.pages if "/PresSteps" in page.obj)


@rule("6.11-1", "the catalog has no requirements")
def _(file):
    yield from (key for key in ["/Requirements"] if key in file.root)
