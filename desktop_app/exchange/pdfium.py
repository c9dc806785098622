"""PDFium, one thread at a time: it dies when two are in it, whichever documents they look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

_one_at_a_time = Lock()


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """A PDFium document; other threads wait until it is closed. Raises pypdfium2.PdfiumError for what is none.

    Pages and pictures taken from it are to be closed within: a finalizer elsewhere would be a second thread.
    """
    import pypdfium2

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
