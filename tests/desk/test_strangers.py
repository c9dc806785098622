"""Files that are sound and still not ours: another key, another book, another unit, another paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import language
from desktop_app.desk import bureau, keys, make_report, sign_report
from desktop_app.desk.check_report import check, explain
from desktop_app.desk.demo import MARCH, DemoResult, run_demo, sample_book
from desktop_app.desk.desk import Desk
from desktop_app.desk.fill_month import fill
from desktop_app.desk.hand_in import hand_in
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.receive import receive
from desktop_app.desk.save_entry import save
from desktop_app.desk.verify_file import verify
from desktop_app.errors import ClerkError
from desktop_app.model.finding import Severity
from desktop_app.model.report import MonthState, Role

WORD = "一把示例口令"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoResult, DemoResult]:
    """Two books of the same unit, each with keys of its own and a bureau that knows only those."""
    return run_demo(tmp_path_factory.mktemp("one")), run_demo(tmp_path_factory.mktemp("two"))


@pytest.fixture
def ready(tmp_path: Path, samples: Path) -> Iterator[Desk]:
    """A sample book whose March is filled, explained and ready to be signed."""
    desk = sample_book(tmp_path / "ready.yuebao")
    fill(desk, MARCH, samples / "progress-chaoyang-2023-03.json")
    save(desk, MARCH, "3-9", {"cumulative": "26"})
    for finding in check(desk, MARCH).findings:
        if finding.severity is Severity.WARNING:
            explain(desk, MARCH, finding.task, finding.code, "示例说明：按计划在下半年实施。")
    keys.new_key(desk, "王喆", Role.PREPARER, WORD, remember=False)
    keys.new_key(desk, "李堃", Role.APPROVER, WORD, remember=False)
    yield desk
    desk.close()


def signed(desk: Desk, folder: Path) -> Path:
    sign_report.sign(desk, MARCH, Role.PREPARER, "王喆", WORD)
    sign_report.sign(desk, MARCH, Role.APPROVER, "李堃", WORD)
    folder.mkdir()
    return hand_in(desk, MARCH, folder).path


def test_another_key_in_the_units_name_is_refused(two: tuple[DemoResult, DemoResult]) -> None:
    one, other = two
    desk = open_desk(one.book.with_name("bureau.yuebao"), kind="bureau")
    try:
        found = bureau.receive(desk, [other.report_pdf])
    finally:
        desk.close()
    assert not found.taken
    assert "不是北京市朝阳区人民政府登记的证书" in found.refused[0].reason


def test_a_receipt_for_other_bytes_closes_nothing(
    two: tuple[DemoResult, DemoResult], ready: Desk, tmp_path: Path
) -> None:
    signed(ready, tmp_path / "stick")
    found = receive(ready, [two[0].receipt_pdf, two[1].receipt_pdf])
    assert not found.taken
    assert all("不一致" in row.reason for row in found.refused)
    assert open_month(ready, MARCH).state is MonthState.HANDED_IN


def test_another_units_receipt_is_named(two: tuple[DemoResult, DemoResult], tmp_path: Path) -> None:
    desk = create(tmp_path / "tz.yuebao", "通州区政府")
    try:
        found = receive(desk, [two[0].receipt_pdf])
    finally:
        desk.close()
    assert "朝阳区" in found.refused[0].reason
    assert "通州区" in found.refused[0].reason


def test_paper_that_disagrees_with_its_data_is_reported(
    ready: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_report, "check_code", lambda _digest: "0000-0000-0000-0000")
    file = signed(ready, tmp_path / "stick")
    monkeypatch.undo()
    found = verify(file)
    assert not found.valid
    assert any("校验码" in problem for problem in found.problems)
    assert all(signature.valid for signature in found.signatures)  # the signatures hold; the paper does not


def test_a_signature_that_failed_leaves_the_draft(ready: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_month(ready, MARCH)
    with pytest.raises(ClerkError):
        sign_report.sign(ready, MARCH, Role.PREPARER, "王喆", "不是这个口令")
    with pytest.raises(ClerkError):
        sign_report.sign(ready, MARCH, Role.APPROVER, "李堃", WORD)
    with pytest.raises(ClerkError):
        sign_report.sign(ready, MARCH, Role.PREPARER, "李堃", WORD)
    work = sign_report.prepare(ready, MARCH, Role.PREPARER, "王喆", WORD)
    monkeypatch.setattr("desktop_app.signing.sign.sign", lambda *_a, **_k: (_ for _ in ()).throw(RuntimeError("cut")))
    with pytest.raises(RuntimeError):
        work.run()
    after = open_month(ready, MARCH)
    assert (after.state, after.rows) == (before.state, before.rows)
    save(ready, MARCH, "3-9", {"problems": "还能改"})


def test_the_same_work_gives_the_same_bytes(ready: Desk) -> None:
    assert make_report.prepare(ready, MARCH).render().pdf == make_report.prepare(ready, MARCH).render().pdf
    with language.speaking("en"):
        english = make_report.prepare(ready, MARCH)
    assert english == make_report.prepare(ready, MARCH)
    public = make_report.prepare(ready, MARCH, edition="public").render()
    assert b"report.json" not in public.pdf
