"""What the bureau answers."""

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.model.period import Period


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: which exact bytes were received (sha256), for whom and when. `on_time` by the due date."""

    unit_code: str
    unit_name: str
    period: Period
    revision: int
    report_sha256: str
    data_sha256: str
    check_code: str
    received_at: datetime
    due: date
    on_time: bool
    bureau: str
