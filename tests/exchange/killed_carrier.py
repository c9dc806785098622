"""Carries a file again and again, each time in a process of its own that the test may kill.

Told on stdin, one JSON place a line; says the child's process id when it begins and how it ended.
"""

import json
import os
import sys
from pathlib import Path

from desktop_app.exchange.carrying import Watch
from desktop_app.exchange.reaching import take_to
from desktop_app.model.place import Place, PlaceKind

if __name__ == "__main__":
    import fsspec.implementations.sftp  # noqa: F401 - loaded once, before the children

    data, name = Path(sys.argv[1]).read_bytes(), sys.argv[2]
    for line in sys.stdin:
        told = json.loads(line)
        place = Place(**told | {"kind": PlaceKind(told["kind"])})
        child = os.fork()
        if child == 0:
            take_to(place, "", data, name, Watch())
            os._exit(0)
        print(child, flush=True)  # noqa: T201 - the answer
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201
