"""Commands are named before the rooms they need are loaded; every name must lead to a verb."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_app.cli.later import Verb
from desktop_app.cli.parser import build

TOP = Path(__file__).resolve().parents[2]
ONLY_THE_PARSER = """
import sys
from desktop_app.cli.parser import build
build()
rooms = ("rendering", "exchange", "signing", "plans.importing", "plans.owners", "desk.bureau", "cli.bureau", "cli.book")
print(*(room for room in rooms if f"desktop_app.{room}" in sys.modules))
"""


def verbs(parser: argparse.ArgumentParser) -> Iterator[Verb]:
    run = parser.get_default("run")
    if isinstance(run, Verb):
        yield run
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from verbs(below)


def test_every_command_leads_to_a_verb_of_its_module():
    found = list(verbs(build()))
    assert len(found) > 60
    for verb in found:
        assert callable(verb.found())


def test_the_command_line_is_built_without_the_rooms_behind_it():
    done = subprocess.run([sys.executable, "-c", ONLY_THE_PARSER], cwd=TOP, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
