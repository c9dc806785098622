"""The catalogue: codes that stay, texts that say something, nothing forgotten."""

import re
from itertools import pairwise

from desktop_app import language
from desktop_app.checks import (
    CATALOGUE,
    CATALOGUE_VERSION,
    as_plain,
    completeness,
    continuity,
    figures,
    follow_up,
    planned,
    progress,
    quantities,
    standing,
    support,
    whole_report,
    wording,
)
from desktop_app.checks.catalogue import FAMILIES
from desktop_app.checks.rule import Check
from desktop_app.model.finding import Severity

ROOMS = (
    completeness,
    figures,
    quantities,
    continuity,
    follow_up,
    progress,
    standing,
    wording,
    support,
    planned,
    whole_report,
)

# Codes and severities as once published. A change here needs a new CATALOGUE_VERSION; a code is never given away again.
PUBLISHED = {
    1: "C101e C102e C103e C104e C105e C106h C107h F201e F202e F203w F204e F205e F206h F207w F208w F209e "
    "K301w K302w K303w K304w S401w S402w S403h S404w S405w S406w S407w S408h S409w "
    "T501e T502w T503e T504e T505w T506w T507w E601w E602h P701h P702w P703e L801w L802h L803h",
    2: "C101e C102e C103e C104e C105e C106h C107h F201e F202e F203w F204e F205e F206h F207w F208w F209e "
    "F210h F211w F212w F213w F214h F215w K301w K302w K303w K304w K305h K306h K307h K308h K309h "
    "S401w S402w S403h S404w S405w S406w S407w S408h S409w S410h S411w S412w S413h "
    "T501e T502w T503e T504e T505w T506w T507w T508h E601w E602h E603h E604h E605h "
    "P701h P702w P703e P704h P705w P706e P707w L801w L802h L803h L804h J901w J902w J903h J904h",
    3: "C101e C102e C103e C104e C105e C106h C107h F201e F202e F203w F204e F205e F206h F207w F208w F209e "
    "F210h F211w F212w F213w F214h F215w K301w K302w K303w K304w K305h K306h K307h K308h K309h K310e "
    "S401w S402w S403h S404w S405w S406w S407w S408h S409w S410h S411w S412w S413h "
    "T501e T502w T503e T504e T505w T506w T507w T508h E601w E602h E603h E604h E605h "
    "P701h P702w P703e P704h P705w P706e P707w P708e L801w L802h L803h L804h J901w J902w J903h J904h",
}


def test_the_catalogue_is_the_one_published():
    assert " ".join(rule.code + rule.severity[0] for rule in CATALOGUE) == PUBLISHED[CATALOGUE_VERSION]


def test_a_code_once_published_stays():
    codes = [{word[:4] for word in PUBLISHED[version].split()} for version in sorted(PUBLISHED)]
    assert len(codes) == CATALOGUE_VERSION
    assert all(earlier < later for earlier, later in pairwise(codes))


def test_codes_can_be_said_by_their_digits_alone():
    assert all(re.fullmatch(r"[A-Z][1-9]\d\d", rule.code) for rule in CATALOGUE)
    assert len({rule.code[1:] for rule in CATALOGUE}) == len(CATALOGUE)
    assert len({rule.code[:2] for rule in CATALOGUE}) == len({rule.code[0] for rule in CATALOGUE}) == len(FAMILIES) == 9


def test_every_rule_that_is_written_is_run():
    for room in ROOMS:
        written = {name for name, value in vars(room).items() if isinstance(value, Check)}
        run = {check.look.__name__ for check in room.CHECKS}
        assert written == run


def test_every_rule_says_what_it_means_and_what_to_do():
    for rule in CATALOGUE:
        assert all((rule.title, rule.meaning, rule.remedy, rule.source)), rule.code
        assert rule.meaning.endswith("。"), rule.code
        assert rule.remedy.endswith("。"), rule.code
        assert len(rule.title) <= 16, rule.code
    assert len({rule.title for rule in CATALOGUE}) == len(CATALOGUE)


def test_warnings_say_that_they_can_be_explained_or_how_to_mend_them():
    for rule in CATALOGUE:
        if rule.severity is Severity.ERROR:
            assert "情况说明" not in rule.remedy, rule.code
        if rule.severity is Severity.WARNING:
            assert "情况说明" in rule.remedy, rule.code


def test_the_as_plain_has_the_keys_of_the_contract_in_the_language_of_the_moment(monkeypatch):
    first = as_plain()[0]
    assert list(first) == ["code", "severity", "title", "meaning", "remedy", "source"]
    assert (first["code"], first["severity"], first["title"]) == ("C101", "error", "任务未填报")

    class Shouting:
        def gettext(self, text):
            return text + "!"

    monkeypatch.setattr(language, "_chosen", Shouting())
    assert as_plain()[0]["title"] == "任务未填报!"
    assert as_plain()[0]["code"] == "C101"
