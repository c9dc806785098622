"""The signature fields of a report and of a receipt, and what each signature must forbid."""

from typing import Protocol

from desktop_app.model.report import Role

# /T of the fields; part of the file format, never changed.
FIELD_NAMES = {Role.PREPARER: "Preparer", Role.REVIEWER: "Reviewer", Role.APPROVER: "Approver"}
ROLES = {name: role for role, name in FIELD_NAMES.items()}
READABLE_NAMES = {Role.PREPARER: "填报人签名", Role.REVIEWER: "审核人签名", Role.APPROVER: "单位负责人签名"}
RECEIPT_READABLE_NAME = "收文方签名"


class Box(Protocol):
    """Where a visible signature goes: page counted from 0, corners in points from the lower left."""

    @property
    def page(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def x1(self) -> float: ...  # noqa: D102
    @property
    def y1(self) -> float: ...  # noqa: D102
    @property
    def x2(self) -> float: ...  # noqa: D102
    @property
    def y2(self) -> float: ...  # noqa: D102
