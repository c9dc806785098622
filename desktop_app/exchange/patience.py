"""How long a server is waited for, in one place."""

from dataclasses import dataclass


@dataclass(slots=True)
class Patience:
    """Seconds until a server that does not answer counts as gone; `tries` with `pause` seconds, doubled, in between."""

    connect: float = 10
    answer: float = 30
    tries: int = 3
    pause: float = 1


PATIENCE = Patience()
