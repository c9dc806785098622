"""Every rule speaks where it must and keeps quiet beside it; without the rule these very tests fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.checks import CATALOGUE
from tests.checks.cases import CASES
from tests.checks.conftest import OFF

CODES = [rule.code for rule in CATALOGUE]
TOP = Path(__file__).resolve().parents[2]


def test_every_rule_has_its_two_months():
    assert list(CASES) == CODES


@pytest.mark.parametrize("code", CODES)
def test_it_speaks(code):
    found = CASES[code][0]().finding(code)
    rule = next(rule for rule in CATALOGUE if rule.code == code)
    assert found.severity is rule.severity
    assert found.message
    assert found.remedy == rule.remedy


@pytest.mark.parametrize("code", CODES)
def test_it_keeps_quiet_beside_it(code):
    assert code not in CASES[code][1]().codes


@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
def test_without_the_rule_its_test_fails(code):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", f"{__file__}::test_it_speaks[{code}]"],
        cwd=TOP,
        env={**os.environ, OFF: code},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout.decode()
    assert b"1 failed" in done.stdout
