"""What formulas come to, written beside them: openpyxl leaves that place empty, and a viewer that does not reckon,
such as a preview or a phone, would show nothing there.
"""

import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal

from lxml import etree

from desktop_app.model.plain import decimal_text

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def with_values(workbook: bytes, values: Mapping[str, Mapping[str, Decimal | None]]) -> bytes:
    """The workbook with the value of every formula: by the sheet's file name (sheet1.xml) and the cell; None is ""."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            data = before.read(item)
            found = values.get(item.filename.rpartition("/")[2]) if "worksheets/" in item.filename else None
            after.writestr(item, _filled(data, found) if found else data)
    return out.getvalue()


def _filled(sheet: bytes, values: Mapping[str, Decimal | None]) -> bytes:
    tree = etree.fromstring(sheet)
    for cell in tree.iter(f"{_NS}c"):
        if cell.find(f"{_NS}f") is not None:
            value = values[cell.get("r")]
            place = cell.find(f"{_NS}v")
            if place is None:
                place = etree.SubElement(cell, f"{_NS}v")
            place.text = "" if value is None else decimal_text(value)
            if value is None:
                cell.set("t", "str")
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
