"""What a cell of units names, and what only a person can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.plans import shipped_directory
from desktop_app.plans.owners import read_units

DIRECTORY = shipped_directory()
SIXTEEN = tuple(unit.code for unit in DIRECTORY.districts(with_development_area=False))
SEVENTEEN = (*SIXTEEN, "BJ-BDA")
FOURTEEN = SIXTEEN[2:]

GROUPS = {
    "各区政府": SIXTEEN,
    "各区": SIXTEEN,
    "各区人民政府": SIXTEEN,
    "全市16个区政府": SIXTEEN,
    "十六区政府": SIXTEEN,
    "各区政府（含北京经济技术开发区管委会）": SEVENTEEN,
    "各区政府(含北京经济技术\n开发区管委会)\n": SEVENTEEN,
    "各区政府、北京经济技术开发区管委会": SEVENTEEN,
    "各区政府（含经开区）": SEVENTEEN,
    "17个区": SEVENTEEN,
    "除东城、西城外的其他14个区政府": FOURTEEN,
    "除东城区、西城区外的各区政府": FOURTEEN,
    "除东城区、西城区外，其他各区政府": FOURTEEN,
    "各区政府（除东城区、西城区外）": FOURTEEN,
    "各区政府（东城区、西城区除外）": FOURTEEN,
    "除东城区、西城区以外的其他各区政府（含北京经济技术开发区管委会）": (*FOURTEEN, "BJ-BDA"),
}

LISTS = {
    "门头沟区、房山区、延庆区政府": ("110109", "110111", "110119"),
    "门头沟、平谷、怀柔、密云、延庆五个区政府": ("110109", "110117", "110116", "110118", "110119"),
    "东城、西城、朝阳三区政府": ("110101", "110102", "110105"),
    "市科委、中关村管委会": ("BJ-KW",),
    "市科委、中关村管委会、市水务局": ("BJ-KW", "BJ-SHUIW"),
    "市公安局公安交管局、市公安局": ("BJ-JGJ", "BJ-GAJ"),
    "市交通委\n市公安局公安交管局": ("BJ-JTW", "BJ-JGJ"),
    "北京市朝阳区人民政府": ("110105",),
    "朝 阳 区": ("110105",),
    "市环保局": ("BJ-STHJJ",),
    "110112、BJ-JTW": ("110112", "BJ-JTW"),
    "市水务局、市水务局": ("BJ-SHUIW",),
    "①市水务局②市交通委": ("BJ-SHUIW", "BJ-JTW"),
    "1.市水务局 2.市交通委": ("BJ-SHUIW", "BJ-JTW"),
    "市生态环境局会同市水务局": ("BJ-STHJJ", "BJ-SHUIW"),
    "市水务局；市交通委，市教委": ("BJ-SHUIW", "BJ-JTW", "BJ-JW"),
    "无": (),
    "／": (),
    "": (),
}

OPEN = {
    "相关区政府": ((), "vague", "相关区政府"),
    "各有关区政府": ((), "vague", "各有关区政府"),
    "市水务局、相关区政府": (("BJ-SHUIW",), "vague", "相关区政府"),
    "相关区政府、国网北京市电力公司": (("BJ-DL",), "vague", "相关区政府"),
    "生态涵养区各区政府": ((), "vague", "生态涵养区各区政府"),
    "中心城区各区政府": ((), "vague", "中心城区各区政府"),
    "除核心区外各区政府": ((), "vague", "除核心区外各区政府"),
    "属地政府": ((), "vague", "属地政府"),
    "市政府有关部门": ((), "vague", "市政府有关部门"),
    "市教委、市水务局等部门": (("BJ-JW", "BJ-SHUIW"), "etc", "等部门"),
    "朝阳区、海淀区等区政府": (("110105", "110108"), "etc", "等区政府"),
    "市园林局": ((), "unknown", "市园林局"),
    "市水务局、市甲乙局": (("BJ-SHUIW",), "unknown", "市甲乙局"),
    "东城区园林局": ((), "unknown", "东城区园林局"),
    "密云水库管理处": ((), "unknown", "密云水库管理处"),
    "亦庄镇": ((), "unknown", "亦庄镇"),
}


@pytest.mark.parametrize("phrase", [*GROUPS, *LISTS])
def test_named_units_and_groups(phrase):
    found = read_units(phrase, DIRECTORY)
    assert found.codes == (GROUPS | LISTS)[phrase]
    assert (found.vague, found.etc, found.unknown, found.warnings) == ((), (), (), ())


@pytest.mark.parametrize("phrase", OPEN)
def test_what_a_person_must_settle(phrase):
    codes, kind, words = OPEN[phrase]
    found = read_units(phrase, DIRECTORY)
    assert found.codes == codes
    assert getattr(found, kind) == (words,)


def test_unknown_names_parted_only_by_a_line_break_stay_two():
    assert read_units("市甲局\n市乙局", DIRECTORY).unknown == ("市甲局", "市乙局")


def test_a_stated_count_that_disagrees_is_a_doubt():
    found = read_units("除东城、西城外的其他15个区政府", DIRECTORY)
    assert found.codes == FOURTEEN
    assert "15" in str(found.warnings[0])
    assert found.vague


def test_a_list_shorter_than_its_count_is_a_doubt():
    assert read_units("东城、西城、朝阳四区政府", DIRECTORY).vague == ("四区政府",)


def test_an_answer_stands_where_the_phrase_stood():
    found = read_units("相关区政府、市水务局", DIRECTORY, {"相关区政府": ("110105",)})
    assert found.codes == ("110105", "BJ-SHUIW")
    assert not found.vague


names = st.lists(st.sampled_from(DIRECTORY.units), min_size=1, max_size=8)


@given(names, st.sampled_from(["、", "，", "\n", "; ", " 、"]), st.data())
def test_any_list_of_known_names_is_read_back_in_order(units, mark, data):
    words = [data.draw(st.sampled_from((unit.name, unit.short_name, unit.code))) for unit in units]
    found = read_units(mark.join(words), DIRECTORY)
    assert found.codes == tuple(dict.fromkeys(unit.code for unit in units))
    assert not found.unknown


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_no_unit_comes_twice(text):
    codes = read_units(text, DIRECTORY).codes
    assert len(codes) == len(set(codes))
