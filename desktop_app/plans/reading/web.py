"""Tables that other programs wrote as a web page or as XML and named .xls: each table is a sheet."""

import re
from typing import Any
from xml.parsers import expat

from lxml import etree, html

from .archive import new_parser
from .bounds import COLUMNS, FURTHEST_ROW, PART_BYTES, SHEETS, Refused
from .delimited import decode
from .grid import Grid, answer

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")
_LINES = ("br", "p", "div", "li")
_2003 = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_html(data: bytes) -> dict[str, Any]:
    """The outermost tables of a web page, with the lines before each of them above it."""
    if len(data) > PART_BYTES // 8:
        raise Refused("large")
    text = _decoded(data)
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
    tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    tables = [table for table in tree.iter("table") if next(table.iterancestors("table"), None) is None]
    if not tables or len(tables) > SHEETS:
        raise Refused("html")
    titles = tree.xpath("//title/text()")
    grids = [_html_table(table, number) for number, table in enumerate(tables, start=1)]
    return answer("html", grids, title=str(titles[0])[:500] if titles else "")


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = named[1].decode().lower()
        try:
            return data.decode("gb18030" if name.startswith("gb") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _html_table(table: Any, number: int) -> Grid:
    grid = Grid(f"表{number}")
    lines = _lines_before(table)
    for row, line in enumerate(lines, start=1):
        grid.put(row, 1, line)
    open_cells: dict[int, int] = {}
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for at, row in enumerate(rows, start=len(lines) + 1):
        column = 0
        for cell in row.iterchildren("td", "th"):
            column += 1
            while open_cells.get(column, 0) >= at:
                column += 1
            last_row = min(at + _span(cell, "rowspan", FURTHEST_ROW) - 1, len(lines) + len(rows))
            last_column = column + _span(cell, "colspan", COLUMNS) - 1
            grid.put(at, column, _html_text(cell))
            grid.merge((at, column, last_row, last_column))
            open_cells.update(dict.fromkeys(range(column, last_column + 1), last_row))
            column = last_column
        if (row.get("style") or "").replace(" ", "").find("display:none") >= 0:
            grid.hidden_rows.add(at)
    return grid


def _span(cell: Any, name: str, most: int) -> int:
    said = (cell.get(name) or "1").strip()
    return min(max(int(said), 1), most) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def _lines_before(table: Any) -> list[str]:
    """Paragraphs between this table and the one before it."""
    lines: list[str] = []
    for element in reversed(list(table.itersiblings(preceding=True))):
        if element.tag == "table":
            lines.clear()
        elif isinstance(element.tag, str) and element.tag not in ("style", "script"):
            lines.extend(line for part in _html_text(element).split("\n") if (line := part.strip()))
    caption = table.find("caption")
    return [*lines[-20:], *([_html_text(caption)] if caption is not None else [])]


def _html_text(element: Any) -> str:
    pieces: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if part.tag in _LINES and pieces:
                pieces.append("\n")
            pieces.append(re.sub(r"[ \t\r\n]+", " ", part.text or "") if part.tag not in ("style", "script") else "")
        elif part is not element:
            pieces.append(re.sub(r"[ \t\r\n]+", " ", part.tail or ""))
    return "\n".join(line.strip() for line in "".join(pieces).replace("\xa0", " ").split("\n")).strip()


def read_sheet2003(data: bytes) -> dict[str, Any]:
    """A workbook that Excel 2003 saved as XML."""
    if len(data) > PART_BYTES // 4:
        raise Refused("large")
    checked = new_parser()
    try:
        checked.Parse(data, True)
    except expat.ExpatError as bad:
        raise Refused("damaged") from bad
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    grids = [_sheet2003(sheet) for sheet in tree.iter(f"{_2003}Worksheet")]
    if not grids:
        raise Refused("xml")
    return answer("sheet2003", grids)


def _sheet2003(sheet: Any) -> Grid:
    grid = Grid(sheet.get(f"{_2003}Name", ""))
    row = 0
    for element in sheet.iterfind(f"{_2003}Table/{_2003}Row"):
        row = _number(element, "Index") or row + 1
        if element.get(f"{_2003}Hidden") == "1":
            grid.hidden_rows.add(row)
        column = 0
        for cell in element.iterfind(f"{_2003}Cell"):
            column = _number(cell, "Index") or column + 1
            last = column + _number(cell, "MergeAcross")
            grid.merge((row, column, row + _number(cell, "MergeDown"), last))
            _take2003(grid, row, column, cell)
            column = last
    return grid


def _take2003(grid: Grid, row: int, column: int, cell: Any) -> None:
    data = cell.find(f"{_2003}Data")
    if data is None:
        if cell.get(f"{_2003}Formula"):
            grid.note(row, column, grid.bare_formulas)
        return
    text, kind = "".join(data.itertext()), data.get(f"{_2003}Type")
    if kind == "Error":
        grid.note(row, column, grid.faulty)
    elif kind == "DateTime":
        year, month, day = (int(part) for part in text[:10].split("-"))
        grid.put(row, column, f"{year}年{month}月{day}日")
    elif kind == "Boolean":
        grid.put(row, column, "是" if text == "1" else "否")
    else:
        grid.put(row, column, re.sub(r"(?<=\d)\.0+$", "", text) if kind == "Number" else text)


def _number(element: Any, name: str) -> int:
    said = element.get(f"{_2003}{name}") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
