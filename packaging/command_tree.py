"""What can be typed, read off the program's own parser: the manual and the completions are made from this."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from desktop_app import language  # noqa: E402
from desktop_app.cli.parser import build  # noqa: E402


@dataclass(frozen=True)
class Argument:
    """An option (`flags`) or something to write in place. `shown` is its placeholder, empty for a mere switch."""

    flags: tuple[str, ...]
    shown: str
    meaning: str
    choices: tuple[str, ...]
    is_file: bool
    needed: bool
    many: bool


@dataclass(frozen=True)
class Command:
    """One command: the words typed for it (none for the program itself), what it is for, and what it takes."""

    words: tuple[str, ...]
    meaning: str
    arguments: tuple[Argument, ...]
    below: tuple["Command", ...]

    @property
    def options(self) -> tuple[Argument, ...]:
        return tuple(one for one in self.arguments if one.flags)

    @property
    def positionals(self) -> tuple[Argument, ...]:
        return tuple(one for one in self.arguments if not one.flags)

    def all(self) -> Iterator["Command"]:
        """This command and every one below it, in the order of the help."""
        yield self
        for command in self.below:
            yield from command.all()


def commands(spoken: str) -> Command:
    """The whole command line, its texts in the language given."""
    language.use(spoken)
    try:
        return _command(build(), (), "")
    finally:
        language.use("zh")


def _command(parser: argparse.ArgumentParser, words: tuple[str, ...], meaning: str) -> Command:
    below: list[Command] = []
    arguments: list[Argument] = []
    # argparse has no public way to ask a parser what it takes; private names are used here and nowhere else
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            said = {choice.dest: str(choice.help or "") for choice in action._choices_actions}  # noqa: SLF001
            below += [_command(made, (*words, name), said[name]) for name, made in action.choices.items()]
        else:
            arguments.append(_argument(action))
    return Command(words, meaning or str(parser.description or ""), tuple(arguments), tuple(below))


def _argument(action: argparse.Action) -> Argument:
    switch = action.nargs == 0
    choices = tuple(str(choice) for choice in action.choices or ())
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    if action.option_strings:
        placeholder = metavar or ("|".join(choices) if choices else action.dest.upper())
    else:
        placeholder = metavar or action.dest
    many = action.nargs in ("*", "+") or isinstance(action, argparse._AppendAction)  # noqa: SLF001
    return Argument(
        flags=tuple(action.option_strings),
        shown="" if switch else placeholder,
        meaning=str(action.help or ""),
        choices=choices,
        is_file=action.type is Path or "FILE" in metavar or "FOLDER" in metavar,
        needed=bool(action.required),
        many=many,
    )
