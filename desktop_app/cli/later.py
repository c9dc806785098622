"""Commands by name: the window, and every other command, would wait for the rooms that one of them needs."""

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from typing import Any


class Later:
    """A module of this room; its verbs can be named at once, and it is loaded when one of them runs."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, verb: str) -> "Verb":
        return Verb(self._module, verb)


class Verb:
    """What a command does once it was typed."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, options: Namespace) -> Any:
        """Load the module and run the verb with what was typed."""
        return self.found()(options)

    def found(self) -> Callable[[Namespace], Any]:
        """The verb itself; AttributeError where the module has none of this name."""
        verb: Callable[[Namespace], Any] = getattr(import_module(f"{__package__}.{self._module}"), self._name)
        return verb
