"""What the machine draws from: two months, two tasks, and what a clerk may change."""

from decimal import Decimal

from hypothesis import strategies as st

from desktop_app.model.entry import Status
from desktop_app.model.period import Period

FEBRUARY, MARCH = Period(2023, 2), Period(2023, 3)
PERIODS = st.sampled_from([FEBRUARY, MARCH])
TASKS = st.sampled_from(["3-1", "3-2"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.none() | st.sampled_from(Status),
        "percent": st.none() | st.integers(0, 3).map(Decimal),
        "nil": st.booleans(),
        "narrative": st.sampled_from(["", "完成", " 推进\n下一段 "]),
    },
)
