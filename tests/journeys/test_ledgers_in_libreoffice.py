"""LibreOffice opens every ledger and, reckoning each formula anew, comes to the values that stand in the file."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.desk import ledger, strike_off
from desktop_app.model.ledger import LedgerKind
from tests import sample_year

pytestmark = pytest.mark.long
# Without this it believes the values that it finds in files of others.
RECKON_ALL = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def reckoned(files: list[Path], folder: Path) -> list[Path]:
    """What LibreOffice makes of workbooks, every formula reckoned anew."""
    office = shutil.which("soffice")
    assert office, "packaging/test --long installs libreoffice-calc"
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(RECKON_ALL, encoding="utf-8")
    home = f"-env:UserInstallation={user.parent.as_uri()}"
    out = folder / "reckoned"
    command = [office, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=240)
    return [out / file.name for file in files]


def differing(ours: Path, theirs: Path) -> tuple[int, list[str]]:
    """How many formulas there are, and the cells whose values are not the same."""
    formulas, found, again = load_workbook(ours), *(load_workbook(file, data_only=True) for file in (ours, theirs))
    assert again.sheetnames == formulas.sheetnames
    wrong, count = [], 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            count += cell.data_type == "f"
            one, other = (each[sheet.title][cell.coordinate].value for each in (found, again))
            both = isinstance(one, int | float) and isinstance(other, int | float)
            if one != other and not (both and abs(one - other) < 1e-9):
                wrong.append(f"{sheet.title} {cell.coordinate} {one!r} {other!r}")
    return count, wrong


def test_every_workbook_comes_to_our_values(tmp_path: Path, count: Callable[[str], None]) -> None:
    desk = sample_year.year_desk(tmp_path / "book")
    strike_off.close(desk, "P-2023-01-2-12", "=1+1 已核查办结。", "李堃", day=date(2023, 8, 1))
    files = []
    for kind in LedgerKind:
        for every in (False, True):
            files.append(tmp_path / f"{kind}-{every}.xlsx")
            ledger.write(desk, sample_year.YEAR, kind, files[-1], every=every)
    desk.close()
    formulas = 0
    for ours, theirs in zip(files, reckoned(files, tmp_path), strict=True):
        found, wrong = differing(ours, theirs)
        assert found > 3
        assert wrong == []
        formulas += found
    count(f"LibreOffice reckoned {formulas} formulas in {len(files)} ledgers anew: the same values")


def test_a_wrong_value_in_a_file_is_found(tmp_path: Path) -> None:
    desk = sample_year.year_desk(tmp_path / "book")
    file, forged = tmp_path / "right.xlsx", tmp_path / "wrong.xlsx"
    ledger.write(desk, sample_year.YEAR, LedgerKind.TIMELINESS, file)
    desk.close()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(forged, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(b"</f><v>14</v>", b"</f><v>15</v>"))
    (theirs,) = reckoned([forged], tmp_path)
    assert [line.split()[2:] for line in differing(forged, theirs)[1]] == [["15", "14"]]
