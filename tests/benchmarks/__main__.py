"""Runs benchmarks: `python -m tests.benchmarks [NAME] [--json] [--size N] [--rounds N]`.

A benchmark is a module here with NAME, LIMIT, SIZE, SIZE_NAME, PEER and `prepare(size)`, which gives two calls: our
work and the peer's. Both sides take turns, and the best of each counts, so that a busy moment strikes neither alone. A
module may have ROUNDS of its own: many short ones where the disk decides. One with several peers has
`measure(size, rounds)` instead, which gives rows and targets, and ROW, which says how a row is read.
"""

import argparse
import gc
import importlib
import json
import pkgutil
import sys
from collections.abc import Callable
from time import perf_counter
from types import ModuleType
from typing import Any

import tests.benchmarks as here

ROUNDS = 7


def modules() -> dict[str, ModuleType]:
    """Every benchmark by its name."""
    names = [found.name for found in pkgutil.iter_modules(here.__path__) if not found.name.startswith(("_", "test_"))]
    loaded = [importlib.import_module(f"{here.__name__}.{name}") for name in names]
    return {module.NAME: module for module in loaded if hasattr(module, "NAME")}


def run(module: ModuleType, size: int, rounds: int) -> dict[str, Any]:
    """One benchmark's figures."""
    if hasattr(module, "measure"):
        several: dict[str, Any] = module.measure(size, min(rounds, module.ROUNDS))
        return several
    ours, peer = module.prepare(size)
    own_seconds: list[float] = []
    peer_seconds: list[float] = []
    for _round in range(rounds):
        peer_seconds.append(_timed(peer))
        own_seconds.append(_timed(ours))
    ratio = min(own_seconds) / min(peer_seconds)
    return {
        "name": module.NAME,
        module.SIZE_NAME: size,
        "ours_seconds": round(min(own_seconds), 6),
        "peer": module.PEER,
        "peer_seconds": round(min(peer_seconds), 6),
        "ratio": round(ratio, 5),
        "limit": module.LIMIT,
        "holds": ratio <= module.LIMIT,
    }


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    started = perf_counter()
    work()
    return perf_counter() - started


def _lines(found: dict[str, Any]) -> list[str]:
    """One benchmark as it is read."""
    if "targets" not in found:
        line = "{name}: {ours_seconds:.2f} s beside {peer_seconds:.2f} s of {peer}: {ratio:.2f} x, at most {limit} x"
        return [line.format(**found)]
    rows = [modules()[found["name"]].ROW.format(**row) for row in found["rows"]]
    missing = [f"  not installed: {', '.join(found['missing'])}"] if found["missing"] else []
    targets = ["  {name}: {ratio:.2f}, at most {limit}".format(**target) for target in found["targets"]]
    load = f" (load {found['load']})" if "load" in found else ""
    return [f"{found['name']}:{load}", *rows, *missing, *targets]


def main(arguments: list[str]) -> int:
    """Run what is asked for; 1 where a limit does not hold."""
    known = modules()
    parser = argparse.ArgumentParser(prog="packaging/bench")
    parser.add_argument("name", nargs="?", choices=sorted(known))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--size", type=int)
    parser.add_argument("--rounds", type=int)
    asked = parser.parse_args(arguments)
    chosen = [known[asked.name]] if asked.name else list(known.values())
    found = [
        run(module, asked.size or module.SIZE, asked.rounds or getattr(module, "ROUNDS", ROUNDS)) for module in chosen
    ]
    if asked.json:
        sys.stdout.write(json.dumps(found[0] if asked.name else found, ensure_ascii=False) + "\n")
    else:
        for each in found:
            sys.stdout.write("\n".join(_lines(each)) + ("\n" if each["holds"] else "  FAILS\n"))
    return 0 if all(each["holds"] for each in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
