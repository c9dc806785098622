"""A question about a table, put on record in plain Chinese and as what can be said in another language."""

from desktop_app.model.plan import Question
from desktop_app.model.sentence import Sentence


def asked(
    key: str,
    kind: str,
    where: Sentence | str,
    text: Sentence,
    choices: tuple[str, ...],
    task: str | None,
    answer: str | None,
    subject: str = "",
) -> Question:
    """The question with this id; `where` is a bare name of a sheet for those about a whole table."""
    place = where if isinstance(where, Sentence) else None
    return Question(
        id=key,
        kind=kind,
        where=place.chinese if place else str(where),
        text=text.chinese,
        choices=choices,
        task=task,
        answer=answer,
        subject=subject,
        where_said=place,
        text_said=text,
    )
