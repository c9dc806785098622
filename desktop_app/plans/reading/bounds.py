"""What a file may hold at most, and the one way to refuse it."""

MEMORY = 200 * 1024 * 1024
MEMBERS = 2_000
PART_BYTES = 48 * 1024 * 1024
ALL_BYTES = 128 * 1024 * 1024
DEPTH = 200
SHEETS = 60
ROWS = 10_000
COLUMNS = 200
LONGEST_FORMAT = 255
FURTHEST_ROW = 50_000
CELLS = 300_000
CELL_CHARACTERS = 4_000
FORM_CHARACTERS = 32_767  # what a spreadsheet lets people type into one cell
ALL_CHARACTERS = 5_000_000
MERGED_CELLS = 300_000
WIDEST_MERGE = 2_000_000


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """Why the file is not read: a word that desktop_app.plans.workbook has a sentence for."""
