"""Verifying one report after the other takes no more memory than verifying ten; counted in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]

CHILD = """
import gc, json, sys
from datetime import UTC, datetime
from tests.benchmarks.verify_pdf import signed
from desktop_app.signing.verify import read_certificates, verify
def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1])
pdf, pem = signed()
trust, sizes = read_certificates(pem), []
for _count in range(int(sys.argv[1])):
    assert verify(pdf, trust, at=datetime.now(UTC)).problems == ()
    sizes.append(resident())
print(json.dumps(sizes))
"""


def sizes(count: int) -> list[int]:
    """Resident pages after each verification."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(count)], cwd=TOP, env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: list[int] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("count", [40, pytest.param(100, marks=pytest.mark.long)])
def test_memory_stays_flat(count):
    found = sizes(count)
    assert len(found) == count
    assert found[-1] <= 1.1 * found[9]
