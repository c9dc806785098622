"""Get to a place and carry something there, again where the way broke."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.exchange.carrying import BrokenError, Carried, Carrier, Watch, carry, part_of
from desktop_app.exchange.folder import FolderCarrier
from desktop_app.exchange.names import safe_name
from desktop_app.exchange.patience import PATIENCE
from desktop_app.model.place import Place, PlaceKind


@contextmanager
def reach(place: Place, secret: str = "") -> Iterator[Carrier]:
    """The place, open; closed again whatever happens."""
    carrier = _open(place, secret)
    try:
        yield carrier
    finally:
        carrier.close()


def take_to(place: Place, secret: str, data: bytes, name: str, watch: Watch) -> Carried:
    """Carry it there; a way that breaks is tried again after a pause, going on where it stopped."""
    pause = PATIENCE.pause
    for _left in range(PATIENCE.tries - 1):
        try:
            with reach(place, secret) as carrier:
                return carry(carrier, data, name, watch)
        except BrokenError:
            watch.rest(pause)
            pause *= 2
    with reach(place, secret) as carrier:
        return carry(carrier, data, name, watch)


def clear(place: Place, secret: str, name: str) -> None:
    """Remove what a delivery that was cut off has left there."""
    with reach(place, secret) as carrier:
        carrier.remove(part_of(safe_name(name)))


def _open(place: Place, secret: str) -> Carrier:
    """The libraries for a server are loaded when one is asked for."""
    if place.kind is PlaceKind.SFTP:
        from desktop_app.exchange.sftp import SftpCarrier

        return SftpCarrier(place, secret)
    if place.kind is PlaceKind.WEBDAV:
        from desktop_app.exchange.webdav import WebdavCarrier

        return WebdavCarrier(place, secret)
    return FolderCarrier(Path(place.address))
