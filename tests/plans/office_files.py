"""Files of other programs, made part by part, for what their own libraries would not write."""

import io
import zipfile

SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_NS = "http://purl.oclc.org/ooxml/spreadsheetml/main"
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADINGS = ("序号", "重点任务", "工作措施", "完成时限", "牵头部门", "主责单位", "协办单位")
MEASURE = ("1", "治水", "建成污水管线12公里", "年底前", "市水务局", "朝阳区政府", "市生态环境局")


def packed(parts):
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def relations(*pairs):
    """A .rels part: (kind, target) in order as rId1, rId2 …"""
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{each}</Relationships>'


def book(sheet, *, namespace=SHEET_NS, strings="", styles="", workbook="", more=None, kinds=()):
    """A workbook with one sheet of this XML, and no part that it can do without."""
    pairs = [("worksheet", "worksheets/sheet1.xml")]
    pairs += [("sharedStrings", "sharedStrings.xml")] if strings else []
    pairs += [("styles", "styles.xml")] if styles else []
    pairs += [(kind, f"{kind}s/sheet1.xml") for kind in kinds]
    others = "".join(
        f'<sheet name="图{number}" sheetId="{number}" r:id="rId{number}"/>'
        for number in range(len(pairs) - len(kinds) + 1, len(pairs) + 1)
    )
    parts = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(*pairs),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{_OFFICE}">{workbook}<sheets>{others}'
        '<sheet name="任务" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{namespace}">{sheet}</worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
    return packed({**parts, **(more or {})})


def inline(*rows, title="2023年行动计划"):
    """Sheet data with the texts in their cells, without any reference: a title, the headings and these rows."""
    lines = ((title,), HEADINGS, *rows)
    cells = (
        "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' for text in row) for row in lines
    )
    return "<sheetData>" + "".join(f"<row>{row}</row>" for row in cells) + "</sheetData>"


def document(body, *, numbering="", styles="", properties=None, attributes=""):
    """A Word document with this body."""
    pairs = [("numbering", "numbering.xml")] if numbering else []
    pairs += [("styles", "styles.xml")] if styles else []
    parts = {
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*pairs),
        "word/document.xml": f'<w:document xmlns:w="{WORD_NS}" {attributes}><w:body>{body}</w:body></w:document>',
    }
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{WORD_NS}">{numbering}</w:numbering>'
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{WORD_NS}">{styles}</w:styles>'
    return packed({**parts, **(properties or {})})


def run(text):
    """A run of plain text."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


def line(text, properties=""):
    """A paragraph."""
    return f"<w:p>{properties}{run(text) if text else ''}</w:p>"


def cell(content, shape=""):
    """A table cell: a text, or the XML of its paragraphs."""
    inner = content if content.startswith("<w:") else line(content)
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{inner}</w:tc>"


def row(*texts, shape=""):
    """A table row of texts or of cells."""
    cells = (text if text.startswith("<w:tc>") else cell(text) for text in texts)
    return f"<w:tr><w:trPr>{shape}</w:trPr>{''.join(cells)}</w:tr>"


def grid(*rows, widths=()):
    """A table of these rows."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
