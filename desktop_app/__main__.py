"""`python -m desktop_app`, and the installed command `yuebao`."""

import sys

from desktop_app.cli.main import main


def run() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(main())


if __name__ == "__main__":
    run()
