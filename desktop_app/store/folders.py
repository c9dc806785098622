"""What must hold of a folder so that a new file in it is still there after a power cut."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make new names in this folder durable; Windows does so by itself and cannot open folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
