"""A disk that can be filled and made read-only: a small one in memory where root allows, else limits of the system."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BALLAST = "ballast"


class SmallDisk:
    """`folder` is its top. Without root `full` limits the length of every file instead, which fails writes alike."""

    def __init__(self, folder: Path, size: str) -> None:
        self.folder = folder
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
        )
        self.mounted = made.returncode == 0

    def close(self) -> None:
        if self.mounted:
            subprocess.run(["umount", str(self.folder)], check=True)

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not a byte is left."""
        if not self.mounted:
            with files_limited_to(max((path.stat().st_size for path in self.folder.iterdir()), default=0)):
                yield
            return
        ballast = self.folder / BALLAST
        _fill(ballast)
        try:
            yield
        finally:
            ballast.unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """As a stick with its switch set; only where it is mounted, and while nothing on it is open for writing."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)
        try:
            yield
        finally:
            subprocess.run(["mount", "-o", "remount,rw", str(self.folder)], check=True)

    def names(self) -> set[str]:
        """The files on it; SQLite's own beside a book and the ballast aside."""
        own = ("-journal", "-wal", BALLAST)
        return {path.name for path in self.folder.rglob("*") if path.is_file() and not path.name.endswith(own)}


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    """Writes beyond this length fail in the system itself, as on a broken disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
