"""`python -m desktop_app`, and the installed command `yuebao`."""

import sys


def run() -> None:
    """Run the command line and leave with its exit code; an impatient Ctrl+C while it still loads is no traceback."""
    try:
        from desktop_app.cli.main import main

        code = main()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    run()
