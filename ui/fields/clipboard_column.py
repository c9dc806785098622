"""What was copied in a spreadsheet: rows of cells, or one figure like any other text."""


def cells(text: str) -> list[list[str]]:
    """The rows of what was copied, each with its cells; spreadsheets end the last row with a line break."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [[cell.strip().strip('"') for cell in line.split("\t")] for line in lines] if text.strip() else []


def is_column(text: str) -> bool:
    """Whether a text holds several rows."""
    return len(cells(text)) > 1
