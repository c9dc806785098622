"""From pages to an archive file: PDF/A-3b (ISO 19005-3) with files inside. The last step before signing."""

import hashlib
import io
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from desktop_app import __version__, assets

LANGUAGE = "zh-CN"
CREATOR = f"Yuebao {__version__}"
PRODUCER = "Yuebao (ReportLab, pikepdf)"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF. `relationship` (AFRelationship): Data, Source, Supplement, Alternative, Unspecified."""

    name: str
    media_type: str
    data: bytes
    description: str
    relationship: str = "Unspecified"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the document says of itself, once for its Info dictionary and once for its XMP."""

    title: str
    author: str
    subject: str
    keywords: str
    created: datetime


def to_pdfa3(
    pdf: bytes,
    attachments: Sequence[Attachment],
    *,
    title: str,
    author: str,
    subject: str,
    keywords: str,
    created: datetime,
) -> bytes:
    """The same pages as PDF/A-3b, with `attachments` embedded; same input, same bytes.

    `created` (with its offset) is every date in the file. Raises ValueError for a date without offset and for two
    attachments of one name: the caller's bugs. Nothing but pyHanko may touch the result afterwards.
    """
    if created.tzinfo is None:
        raise ValueError(f"a date without offset: {created}")
    facts = _Facts(_printable(title), _printable(author), _printable(subject), _printable(keywords), created)
    return _finish(pdf, attachments, facts, part=3, version="1.7", object_streams=True)


def _finish(
    pdf: bytes, attachments: Sequence[Attachment], facts: _Facts, *, part: int, version: str, object_streams: bool
) -> bytes:
    """Write PDF/A-`part`b. Part 1 (tests' twin for an old validator) knows no attachments and no object streams."""
    import pikepdf

    mode = pikepdf.ObjectStreamMode.generate if object_streams else pikepdf.ObjectStreamMode.disable
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        for index, page in enumerate(document.pages):
            if "/StructTreeRoot" in root:
                page.obj.StructParents = index
                page.obj.Tabs = pikepdf.Name.S
            if "/Trans" in page.obj:  # reportlab's empty transition: says nothing and stops strict validators
                del page.obj["/Trans"]
        _say_what_it_is(document, facts, part)
        root.OutputIntents = pikepdf.Array([_output_intent(document)])
        root.Lang = LANGUAGE
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        if attachments:
            _embed(document, attachments, facts.created)
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=mode,
            force_version=version,
            fix_metadata_version=False,
            progress=_let_others_on,
        )
    return out.getvalue()


def _let_others_on(_percent: int) -> None:
    """qpdf keeps the interpreter to itself as long as it writes; asked after every percent it gives it up."""
    time.sleep(0)


def _output_intent(document: Any) -> Any:
    import pikepdf

    profile = document.make_stream(assets.read_bytes("icc", "srgb.icc"), N=3, Alternate=pikepdf.Name.DeviceRGB)
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB IEC61966-2.1",
            RegistryName="http://www.color.org",
            Info="sRGB IEC61966-2.1",
            DestOutputProfile=profile,
        )
    )


def _embed(document: Any, attachments: Sequence[Attachment], created: datetime) -> None:
    """Every attachment under the catalog's AF (19005-3, 6.8) and in the name tree, where readers list them."""
    import pikepdf

    _refuse_repeats(attachment.name for attachment in attachments)
    files = {attachment.name: _file(document, attachment, created) for attachment in attachments}
    in_key_order = sorted(files, key=lambda name: bytes(pikepdf.String(name)))
    pairs = [item for name in in_key_order for item in (pikepdf.String(name), files[name])]
    names = document.Root.get("/Names", pikepdf.Dictionary())
    names.EmbeddedFiles = document.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(pairs)))
    document.Root.Names = names
    document.Root.AF = pikepdf.Array(list(files.values()))


def _refuse_repeats(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise ValueError(f"two attachments are called {name}")
        seen.add(name.casefold())


def _file(document: Any, attachment: Attachment, created: datetime) -> Any:
    """The file specification of one attachment, its bytes in a stream of its own."""
    import pikepdf

    content = document.make_stream(
        attachment.data,
        Type=pikepdf.Name.EmbeddedFile,
        Subtype=pikepdf.Name("/" + _media_type(attachment.media_type)),
        Params=pikepdf.Dictionary(
            Size=len(attachment.data),
            CheckSum=pikepdf.String(hashlib.md5(attachment.data, usedforsecurity=False).digest()),
            CreationDate=_pdf_date(created),
            ModDate=_pdf_date(created),
        ),
    )
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=attachment.name,
            UF=attachment.name,
            Desc=attachment.description,
            AFRelationship=pikepdf.Name("/" + attachment.relationship),
            EF=pikepdf.Dictionary(F=content, UF=content),
        )
    )


def _media_type(text: str) -> str:
    """The type where it is one; 19005-3, 6.8 names what stands for an unknown one."""
    return text if re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", text) else "application/octet-stream"


def _say_what_it_is(document: Any, facts: _Facts, part: int) -> None:
    import pikepdf

    document.trailer.Info = document.make_indirect(
        pikepdf.Dictionary(
            Title=facts.title,
            Author=facts.author,
            Subject=facts.subject,
            Keywords=facts.keywords,
            Creator=CREATOR,
            Producer=PRODUCER,
            CreationDate=_pdf_date(facts.created),
            ModDate=_pdf_date(facts.created),
        )
    )
    metadata = document.make_stream(_xmp(facts, part).encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    document.Root.Metadata = metadata


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>{part}</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <xmp:CreateDate>{date}</xmp:CreateDate>
   <xmp:ModifyDate>{date}</xmp:ModifyDate>
   <xmp:MetadataDate>{date}</xmp:MetadataDate>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdf:Producer>{producer}</pdf:Producer>
   <pdf:Keywords>{keywords}</pdf:Keywords>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
{padding}
<?xpacket end="w"?>"""


def _xmp(facts: _Facts, part: int) -> str:
    """The metadata packet, by hand: libraries declare namespaces where other validators do not look for them."""
    return _XMP.format(
        part=part,
        title=escape(facts.title),
        author=escape(facts.author),
        subject=escape(facts.subject),
        keywords=escape(facts.keywords),
        creator=escape(CREATOR),
        producer=escape(PRODUCER),
        date=facts.created.isoformat(timespec="seconds"),
        padding="\n".join([" " * 99] * 20),
    )


def _printable(text: str) -> str:
    """Without what XML 1.0 forbids and a title has no use for: controls, lone surrogates, non-characters."""
    return "".join(char if char.isprintable() else " " for char in text)


def _pdf_date(moment: datetime) -> str:
    """D:YYYYMMDDHHmmSS+HH'mm' (32000-1, 7.9.4)."""
    offset = f"{moment:%z}"[:5]
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}'"
