"""Write resources/calendars/YYYY.json from the facts in the chinesecalendar package (MIT; only dates are taken).

Run it when a new year's notice is out and the package knows it: .venv/bin/python packaging/make_calendars.py
The notices below were read in public copies of the notices themselves.
"""

import json
from pathlib import Path

from chinese_calendar import constants

# Year of the days: (year, number) of each notice, written 国办发明电 with the year in tortoise-shell brackets.
NOTICES = {
    2020: [(2019, 16), (2020, 1)],
    2021: [(2020, 27)],
    2022: [(2021, 11)],
    2023: [(2022, 16)],
    2024: [(2023, 7)],
    2025: [(2024, 12)],
    2026: [(2025, 7)],
}
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "calendars"


def year_file(year):
    """One year as data. Days stand in the file of their own year, whichever year's notice names them."""
    title = f"国务院办公厅关于{year}年部分节假日安排的通知"
    if year == 2020:
        title += "；国务院办公厅关于延长2020年春节假期的通知"
    return {
        "year": year,
        "notice": "、".join(f"国办发明电\u3014{issued}\u3015{number}号" for issued, number in NOTICES[year]),
        "title": title,
        "holidays": [day.isoformat() for day in sorted(constants.holidays) if day.year == year],
        "makeup_workdays": [day.isoformat() for day in sorted(constants.workdays) if day.year == year],
    }


for year in NOTICES:
    text = json.dumps(year_file(year), ensure_ascii=False, indent=1)
    (FOLDER / f"{year}.json").write_text(text + "\n", encoding="utf-8")
    print(year, NOTICES[year])
