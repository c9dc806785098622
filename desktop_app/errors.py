"""Errors written for the clerk: what happened, and what to do. Anything else that is raised is our bug."""


class ClerkError(Exception):
    """The answer is no: a refusal in plain words.

    `title` says what happened (and what is safe); `advice` says what to do next. Exit code 1.
    """

    exit_code = 1

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(title, advice)
        self.title = title
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.title} {self.advice}".strip()


class UsageError(ClerkError):
    """The command or an argument is wrong. Exit code 2."""

    exit_code = 2


class WorldError(ClerkError):
    """The world's fault: disk full, locked, unreadable, newer book. Exit code 3."""

    exit_code = 3
