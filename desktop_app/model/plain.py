"""Values to plain JSON and back: decimals as strings, dates in ISO form, unknown keys refused.

A field that a value gained after files of it had left the house carries LATER as its metadata: it is written only where
it says something, so that an older file read and written again is the same to the byte.

Written here and not taken from a library: a converter that makes its functions first (cattrs) is ready later than a
month is read, and the window waits for it.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from desktop_app.model.later import LATER
from desktop_app.model.period import Period
from desktop_app.model.sentence import Sentence

_T = TypeVar("_T")


def decimal_text(value: Decimal) -> str:
    """The canonical text of a number: no exponent, no superfluous zeros (1.50 -> 1.5, 1E+2 -> 100)."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


_WRITERS: Mapping[type, Callable[[Any], Any]] = {
    Decimal: decimal_text,
    datetime: lambda value: value.isoformat(timespec="seconds"),
    date: lambda value: value.isoformat(),
    Period: str,
    Sentence: Sentence.to_plain,
}
_READERS: Mapping[Any, Callable[[Any], Any]] = {
    Decimal: Decimal,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Period: Period.parse,
    Sentence: Sentence.from_plain,
    str: str,
    int: int,
    bool: bool,
    Any: lambda value: value,
}


def to_plain(value: Any) -> Any:
    """A frozen value as dicts, lists, strings, numbers, booleans and None."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind in _WRITERS:
        return _WRITERS[kind](value)
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(kind):
        found = ((each, name, getattr(value, name)) for each, name in _fields(kind))
        return {name: to_plain(one) for each, name, one in found if each is None or not _unsaid(each, one)}
    if isinstance(value, Mapping):
        return {to_plain(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [to_plain(one) for one in value]
    return value


@cache
def _fields(kind: Any) -> tuple[tuple[Any, str], ...]:
    """The names of a dataclass's fields, each with the field itself where it is left out while it says nothing."""
    return tuple((each if each.metadata == LATER else None, each.name) for each in fields(kind))


def _unsaid(field: Any, value: object) -> bool:
    """Whether a field holds its default."""
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return bool(value == default)


def from_plain(kind: type[_T], data: Any) -> _T:
    """The value of this kind; raises ValueError, TypeError, KeyError or ArithmeticError where the data does not fit."""
    try:
        value: _T = _reader(cast("Hashable", kind))(data)
    except AttributeError as reason:  # a number where a text was to be taken apart
        raise TypeError(str(reason)) from reason
    return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    if kind in _READERS:
        return _READERS[kind]
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType:
        (one,) = (_reader(part) for part in parts if part is not NoneType)
        return lambda value: None if value is None else one(value)
    if origin is tuple and parts[-1] is Ellipsis:
        each = _reader(parts[0])
        return lambda value: tuple(map(each, value)) if value != [] else ()
    if origin is tuple:
        readers = tuple(_reader(part) for part in parts)
        return lambda value: tuple([read(one) for read, one in zip(readers, value, strict=True)])
    if is_dataclass(kind):
        return _reader_of_fields(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        members = {each.value: each for each in kind}
        return lambda value: members[value] if value in members else kind(value)
    raise TypeError(f"{kind} is never plain")


def _reader_of_fields(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}

    def read(data: Any) -> Any:
        if type(data) is not dict and not isinstance(data, Mapping):
            raise TypeError(f"{kind.__name__} cannot be read from {type(data).__name__}")
        try:
            values = {name: readers[name](value) for name, value in data.items()}
        except KeyError as reason:
            unknown = ", ".join(sorted(map(str, data.keys() - readers.keys())))
            raise ValueError(f"{kind.__name__} has no {unknown}" if unknown else str(reason)) from reason
        return kind(**values)

    return read
