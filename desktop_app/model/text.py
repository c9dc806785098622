"""What a text must be to be kept anywhere."""


def is_text(value: str) -> bool:
    """Whether every character is whole: half a surrogate pair, from a broken paste, cannot be kept anywhere."""
    return not any("\ud800" <= character <= "\udfff" for character in value) if not value.isascii() else True
