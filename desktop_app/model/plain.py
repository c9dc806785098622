"""Values to plain JSON and back: decimals as strings, dates in ISO form, unknown keys refused.

A field that a value gained after files of it had left the house carries LATER as its metadata: it is written only where
it says something, so that an older file read and written again is the same to the byte.
"""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from desktop_app.model.later import LATER
from desktop_app.model.period import Period
from desktop_app.model.sentence import Sentence

_T = TypeVar("_T")

_converter = Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})


def decimal_text(value: Decimal) -> str:
    """The canonical text of a number: no exponent, no superfluous zeros (1.50 -> 1.5, 1E+2 -> 100)."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


_converter.register_unstructure_hook(Decimal, decimal_text)
_converter.register_structure_hook(Decimal, lambda value, _type: Decimal(value))
_converter.register_unstructure_hook(datetime, lambda value: value.isoformat(timespec="seconds"))
_converter.register_structure_hook(datetime, lambda value, _type: datetime.fromisoformat(value))
_converter.register_unstructure_hook(date, lambda value: value.isoformat())
_converter.register_structure_hook(date, lambda value, _type: date.fromisoformat(value))
_converter.register_unstructure_hook_func(
    lambda kind: isinstance(kind, type) and issubclass(kind, StrEnum), lambda value: value.value
)
_converter.register_unstructure_hook(Period, str)
_converter.register_structure_hook(Period, lambda value, _type: Period.parse(value))
_converter.register_unstructure_hook(Sentence, Sentence.to_plain)
_converter.register_structure_hook(Sentence, lambda value, _type: Sentence.from_plain(value))


def _later(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass that are left out while they hold their default."""
    return tuple(each.name for each in fields(kind) if each.metadata == LATER) if is_dataclass(kind) else ()


def _without_defaults(kind: Any) -> Any:
    left_out = {name: override(omit_if_default=True) for name in _later(kind)}
    return make_dict_unstructure_fn(kind, _converter, **left_out)  # type: ignore[arg-type]


_converter.register_unstructure_hook_factory(lambda kind: bool(_later(kind)), _without_defaults)


def to_plain(value: Any) -> Any:
    """A frozen value as dicts, lists, strings, numbers, booleans and None."""
    return _converter.unstructure(value)


def from_plain(kind: type[_T], data: Any) -> _T:
    """The value of this kind; raises cattrs' errors where the data does not fit."""
    return _converter.structure(data, kind)
