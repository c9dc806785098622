"""The page of rules is what the catalogue says, to the byte."""

from desktop_app import assets
from desktop_app.checks import CATALOGUE
from desktop_app.checks.thresholds import Thresholds
from desktop_app.desk.check_report import rules_page


def test_the_page_that_is_shipped_is_the_catalogue():
    shipped = assets.path("help", "rules.md").read_text("utf-8")
    assert shipped == rules_page(), "run: yuebao rules --out resources/help/rules.md"


def test_nothing_is_left_out():
    page = rules_page()
    for rule in CATALOGUE:
        part = page.partition(f"### {rule.code}　{rule.title}（")[2].partition("\n### ")[0]
        for words in (rule.meaning, rule.remedy, rule.source):
            assert words in part, rule.code
    for name, value in Thresholds().texts().items():
        assert f"| {name} |" in page
        assert f"| {value} |" in page
