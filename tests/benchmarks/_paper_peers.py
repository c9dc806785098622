"""One engine, one PDF: `python _paper_peers.py ENGINE DATA.json FONTS OUT.pdf`. Nothing of ours is imported here.

Every engine sets the same texts in the same face: a row of facts a task, and under it what was written, on landscape
A4, the head repeated on every page.
"""

import json
import sys
from html import escape
from pathlib import Path


def stock(data, fonts, out):
    """Reportlab as it comes: LongTable of paragraphs with CJK wrapping."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("body", str(fonts / "kaiti.ttf")))
    style = ParagraphStyle("cell", fontName="body", fontSize=10.5, leading=15, wordWrap="CJK")
    line = ("GRID", (0, 0), (-1, -1), 0.5, "black")
    heads = [Paragraph(head, style) for head in data["heads"]]
    story = []
    for task in data["tasks"]:
        cells = [[Paragraph(escape(cell), style) for cell in task["facts"]]]
        story.append(LongTable([heads, *cells], colWidths=[79] * 8, repeatRows=1, style=[line]))
        texts = [[Paragraph(label, style), Paragraph(escape(text), style)] for label, text in task["texts"]]
        story.append(LongTable(texts, colWidths=[106, 526], style=[line], splitInRow=1))
    document = SimpleDocTemplate(str(out), pagesize=landscape(A4), leftMargin=99, rightMargin=99, topMargin=79,
                                 bottomMargin=74, initialFontName="body", invariant=1)  # fmt: skip
    document.build(story)


_TYPST = """#set page(paper: "a4", flipped: true, margin: (x: 35mm, top: 28mm, bottom: 26mm))
#set text(font: "Yuebao Kai", size: 10.5pt, lang: "zh")
#set par(justify: true)
#let data = json("{name}")
#table(columns: (1fr,) * 8, stroke: 0.5pt,
  table.header(..data.heads.map(h => [#h])),
  ..data.tasks.map(t => (
    t.facts.map(f => [#f]),
    t.texts.map(p => (table.cell(colspan: 2)[#p.at(0)], table.cell(colspan: 6)[#p.at(1)])).flatten(),
  ).flatten()).flatten())
"""


def typst(data, fonts, out):
    """Typst through its Python binding; with its own tags, as it comes."""
    import typst as engine

    name = f"{out.stem}.json"
    source = out.with_suffix(".typ")
    (out.parent / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    source.write_text(_TYPST.replace("{name}", name), encoding="utf-8")
    engine.compile(str(source), output=str(out), root=str(out.parent), font_paths=[str(fonts)])


def html(data, fonts):
    """The same as a web page."""
    rows = []
    for task in data["tasks"]:
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in task["facts"]) + "</tr>")
        rows += [
            f'<tr><td colspan="2">{label}</td><td colspan="6">{escape(text)}</td></tr>' for label, text in task["texts"]
        ]
    face = (fonts / "kaiti.ttf").as_uri()
    style = (
        f"@font-face {{font-family: body; src: url({face})}} @page {{size: A4 landscape; margin: 28mm 35mm 26mm}}"
        "body {font: 10.5pt/15pt body; text-align: justify} table {border-collapse: collapse; width: 100%;"
        "table-layout: fixed} td, th {border: 0.5pt solid; vertical-align: top; font-weight: normal}"
    )
    heads = "".join(f"<th>{head}</th>" for head in data["heads"])
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<html lang="zh"><meta charset="utf-8"><style>{style}</style>{table}</html>'


def weasyprint(data, fonts, out):
    """WeasyPrint from the web page."""
    from weasyprint import HTML

    HTML(string=html(data, fonts), base_url=".").write_pdf(str(out))


def page(data, fonts, out):
    """The web page only, for LibreOffice."""
    out.write_text(html(data, fonts), encoding="utf-8")


if __name__ == "__main__":
    engine, data_path, fonts_path, out_path = sys.argv[1:]
    given = json.loads(Path(data_path).read_text(encoding="utf-8"))
    globals()[engine](given, Path(fonts_path), Path(out_path))
