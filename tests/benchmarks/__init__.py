"""Benchmarks: our work beside a peer's in the same run. One module each, found by its name; see __main__."""
