"""A summary of a year or its first half: drafted from the months, edited by people, kept in the book, handed on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.checks.provenance import ORIGIN_WORDS, Origin, Sourced, is_heading, sourced
from desktop_app.desk import activities, fonts
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file, write_file
from desktop_app.desk.ledger import PDF, archived
from desktop_app.desk.outlook import signed_until
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.desk.summary_draft import Drafted, drafted
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import N_, _, speaking
from desktop_app.model.period import Period
from desktop_app.store import settings

TXT = ".txt"
WORD = N_("工作总结")
LONGEST = 400_000  # characters
_JUNE = 6
_FOOT = "本稿取自签署完毕的月报"


@dataclass(frozen=True)
class Source:
    """A signed report that a summary draws on."""

    period: Period
    revision: int
    check_code: str


@dataclass(frozen=True)
class Summary:
    """`kept_at` is when the text was last saved in the book, None for a draft that nobody has saved."""

    year: int
    half: bool
    text: str
    kept_at: datetime | None
    sentences: tuple[Sourced, ...]
    sources: tuple[Source, ...]
    sample: bool

    @property
    def counts(self) -> Mapping[Origin, int]:
        """How many sentences come from where."""
        found = Counter(sentence.origin for sentence in self.sentences)
        return {origin: found[origin] for origin in Origin}


def summary(desk: Desk, year: int, *, half: bool = False, anew: bool = False) -> Summary:
    """The kept text, else a fresh draft; the draft also where `anew`. ClerkError where no month is signed."""
    months, made = _drafted(desk, year, half=half)
    text, kept_at = (None, None) if anew else _kept(desk, year, half=half)
    return _judged(year, made.text if text is None else text, kept_at, months, made, half=half)


def judged(desk: Desk, year: int, text: str, *, half: bool = False) -> Summary:
    """What a text that is not kept would be: where its sentences come from."""
    months, made = _drafted(desk, year, half=half)
    return _judged(year, text, None, months, made, half=half)


def keep(desk: Desk, year: int, text: str, *, half: bool = False) -> datetime:
    """Save the text durably, in pieces of one heading each, so that the journal grows by what was changed."""
    if len(text) > LONGEST:
        raise ClerkError(_("总结有 {count} 字，太长了，没有保存。").format(count=len(text)), _("请分成两份。"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as broken:
        raise ClerkError(_("总结里有残缺的字符，没有保存。"), _("请删去后再保存。")) from broken
    name, now = _name(year, half=half), desk.now()
    parts = _pieces(text)
    values: dict[str, object] = {f"{name}:{place}": part for place, part in enumerate(parts)}
    values[name] = {"parts": len(parts), "at": now.isoformat(timespec="seconds")}
    settings.put_all(desk.book, values, at=now, actor=desk.actor)
    return now


def take(desk: Desk, year: int, file: Path, *, half: bool = False) -> Summary:
    """Keep the text of a file that was edited elsewhere."""
    try:
        text = read_file(file, largest=LONGEST * 4).decode("utf-8-sig")
    except UnicodeDecodeError as other:
        raise ClerkError(
            _("{name} 不是 UTF-8 文本，没有读入。").format(name=file.name), _("请另存为 UTF-8 编码的 .txt。")
        ) from other
    _drafted(desk, year, half=half)  # a year without signed months has no summary
    keep(desk, year, _own_text(text), half=half)
    return summary(desk, year, half=half)


def _own_text(text: str) -> str:
    """A file's text without what `write` puts below it."""
    lines = text.splitlines()
    ends = [place for place, line in enumerate(lines) if line.startswith(_FOOT)]
    if ends:
        lines = lines[: ends[-1]]
        if lines and not lines[-1].strip():
            lines.pop()
    return "\n".join(lines)


def write(desk: Desk, found: Summary, out: Path) -> None:
    """Write it with its sources to .txt or .pdf; UsageError for another kind of file."""
    ending = out.suffix.lower()
    if ending not in (TXT, PDF):
        raise UsageError(_("总结不能存成 {name}。").format(name=out.name), _("文件名请以 .txt 或 .pdf 结尾。"))
    with speaking("zh"):  # a document is Chinese whatever the screen speaks
        notes = origin_words(found)
        if ending == TXT:
            lines = [*found.text.splitlines(), "", *notes, *map(_source_line, found.sources)]
            write_file(out, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode())
            return
        from desktop_app.rendering.summary_page import render_summary

        fonts.make_ready()
        rows = [(str(each.period), str(each.revision), each.check_code) for each in found.sources]
        pages = render_summary(found.text.splitlines(), notes, rows, desk.unit.name, sample=found.sample)
        title = _title(desk, found.year, half=found.half)
        write_file(out, archived(pages.pdf, title, desk.unit, found.year, WORD, desk.today()))


def origin_words(found: Summary) -> tuple[str, ...]:
    """How much of a text comes from where."""
    parts = [f"{_(ORIGIN_WORDS[origin])} {count}" for origin, count in found.counts.items() if count]
    said = _("本稿取自签署完毕的月报，〔〕内是来源月份。各句来源：{parts}。").format(parts=_("、").join(parts) or "—")
    return (said,)


def _source_line(source: Source) -> str:
    return f"{source.period.label}　第{source.revision}版　{source.check_code}"


def _drafted(desk: Desk, year: int, *, half: bool) -> tuple[tuple[SignedMonth, ...], Drafted]:
    months = signed_until(desk, year, Period(year, _JUNE) if half else None)
    done = [each.told for each in activities.of_year(desk, year) if not half or each.period.month <= _JUNE]
    return months, drafted(months, _title(desk, year, half=half), done)


def _title(desk: Desk, year: int, *, half: bool) -> str:
    return f"{desk.unit.name}{year}年{'上半年' if half else ''}工作总结"


def _judged(
    year: int, text: str, kept_at: datetime | None, months: Sequence[SignedMonth], made: Drafted, *, half: bool
) -> Summary:
    return Summary(
        year,
        half,
        text,
        kept_at,
        sourced(text, made.said, made.figures),
        tuple(Source(month.period, month.revision, month.check_code) for month in months),
        any(month.report.plan.sample for month in months),
    )


def _name(year: int, *, half: bool) -> str:
    return f"summary:{year}{'-1' if half else ''}"


def _kept(desk: Desk, year: int, *, half: bool) -> tuple[str | None, datetime | None]:
    name = _name(year, half=half)
    head = settings.get(desk.book, name)
    if head is None:
        return None, None
    parts = [str(settings.get(desk.book, f"{name}:{place}") or "") for place in range(int(head["parts"]))]
    return "\n".join(parts), datetime.fromisoformat(head["at"])


def _pieces(text: str) -> list[str]:
    """A text cut before its headings; joined by line ends it is the same again."""
    pieces: list[list[str]] = [[]]
    for line in text.split("\n"):
        if is_heading(line) and pieces[-1]:
            pieces.append([])
        pieces[-1].append(line)
    return ["\n".join(piece) for piece in pieces]
