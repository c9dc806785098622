"""Working days and due dates, from the State Council's yearly notices that ship with the program."""

from desktop_app.deadlines.calendars import YearCalendar, load
from desktop_app.deadlines.standing import Standing, standing
from desktop_app.deadlines.third_workday import due_date
from desktop_app.deadlines.workdays import Workdays

__all__ = ["Standing", "Workdays", "YearCalendar", "due_date", "load", "standing"]
