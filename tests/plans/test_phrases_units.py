"""A large corpus of unit cells as plans of 2013 to 2026 word them."""

import time

import pytest

from desktop_app.plans import shipped_directory
from desktop_app.plans.owners import read_units

DIRECTORY = shipped_directory()
SHORT = {unit.short_name.removesuffix("区"): unit.code for unit in DIRECTORY.districts(with_development_area=False)}
S16 = " ".join(SHORT.values())
S17 = S16 + " BJ-BDA"


def d(names: str) -> str:
    """Codes of districts by their bare names: 朝阳 海淀."""
    return " ".join(SHORT[name] for name in names.split())


def but(names: str, extra: str = "") -> str:
    return " ".join(code for code in S16.split() if code not in d(names).split()) + extra


RURAL = but("东城 西城 石景山")

GROUPS = {
    S16: """各区|各 区|各区县|各区县政府|各区（县）政府|各区（县）人民政府|各区委、区政府|各区委区政府
        |各区党委政府|全市各区|本市各区政府|北京市各区|16个区|16区|十六区|十六个区政府|16个区政府
        |16个区县|全市16个区|全市十六个区|所有区|全部16个区|各区政府按职责分工负责|各区政府负责
        |由各区政府负责落实|各区人民政府（下同）|各区政府（16个区）|各区政府(共16个)
        |各区政府（按职责分工负责）|各区政府。|各区政府；|1.各区政府|各区政府具体实施|各区政府分别负责
        |各区政府组织实施|各区政府（牵头）|各区政府（主责）|16个区政府按职责分工负责|①各区政府
        |各区人民 政府|（1）各区政府|主责单位：各区政府|责任单位：各区政府|各行政区政府|各个区
        |各区政府（主要负责人）""",
    S17: """各区政府、北京经济技术开发区管委会|各区政府，北京经济技术开发区管委会
        |各区政府和北京经济技术开发区管委会|各区政府及北京经济技术开发区管委会
        |各区政府以及北京经济技术开发区管委会|各区政府 北京经济技术开发区管委会|各区政府/经开区管委会
        |各区政府；经开区管委会|各区人民政府、北京经济技术开发区管理委员会|各区、经开区|各区和经开区
        |各区及经开区|各区政府、开发区管委会|各区政府（含北京经济技术开发区）|各区政府（含开发区管委会）
        |各区（含经开区）|各区政府（含经开区管委会，下同）|各区政府（含亦庄）
        |各区政府（包括北京经济技术开发区管委会）|各区政府（北京经济技术开发区管委会）|17个区|十七个区
        |17区|全市17个区|17个地区|各区政府（含北京经济技术开发区管委会）（17个）|16个区和经开区
        |16个区政府及北京经济技术开发区管委会|十六区、亦庄
        |各区政府（含北京经济技术开发区管委会）按职责分工负责|各区政府（含北京经济技术\n开发区管委会）\n
        |各区政府\n北京经济技术开发区管委会|各区政府、北京经济技术\n开发区管委会
        |各区人民政府（含北京经开区管委会）|各区委区政府、经开区管委会
        |各区县政府、北京经济技术开发区管委会|各区政府〔含北京经济技术开发区管委会〕|各地区（含经开区）
        |各区政府[含北京经济技术开发区管委会]""",
    but("东城 西城"): """除东城区、西城区外的各区政府|除东城、西城外各区政府|除东城、西城区外的各区
        |除东城区、西城区以外的各区政府|除东城和西城外的其他各区|除东城区和西城区之外的其他区政府
        |各区政府（除东城区、西城区）|各区政府（除东城、西城外）|各区政府（东城、西城除外）
        |各区（不含东城区、西城区）|各区政府（不包括东城、西城区）|除东城、西城外的14个区
        |除东城、西城外的其他十四个区政府|除东、西城区外的各区政府|除东西城外的各区|除东西城区外各区政府
        |各区政府（东、西城区除外）|除东城区、西城区外，其余各区政府|除东城区西城区外的其他区
        |14个区政府（除东城区、西城区）|除东城、西城外的区政府|其他各区政府（除东城区、西城区外）
        |东城区、西城区以外的各区政府|东城、西城以外的其他14个区政府|全市除东城区、西城区外的各区政府""",
    but(
        "东城 西城", " BJ-BDA"
    ): """除东城、西城外的各区政府、北京经济技术开发区管委会|除东城区、西城区外的各区政府（含经开区）
        |各区政府（含北京经济技术开发区管委会，不含东城区、西城区）
        |各区政府（除东城区、西城区外，含北京经济技术开发区管委会）
        |各区政府（不含东城、西城）、经开区管委会
        |各区政府、北京经济技术开发区管委会（不含东城区、西城区）|除东城、西城外的各区和经开区
        |除东城区、西城区外的15个区（含经开区）""",
    RURAL: """除东城、西城、石景山外的其他13个区政府|除东城区、西城区、石景山区外的各区
        |各区政府（除东城、西城、石景山区外）|除东西城、石景山外的13个区
        |13个区政府（除东城、西城、石景山）|除东城区、西城区及石景山区以外的各区政府""",
}

LISTS = {
    "朝阳区": d("朝阳"),
    "朝阳": d("朝阳"),
    "朝阳区政府": d("朝阳"),
    "朝阳区人民政府": d("朝阳"),
    "北京市朝阳区": d("朝阳"),
    "北京朝阳区": d("朝阳"),
    "朝阳区委、区政府": d("朝阳"),
    "朝阳区委区政府": d("朝阳"),
    "朝阳政府": d("朝阳"),
    "朝阳、海淀": d("朝阳 海淀"),
    "朝阳海淀丰台": d("朝阳 海淀 丰台"),
    "朝阳区海淀区": d("朝阳 海淀"),
    "朝阳、海淀区政府": d("朝阳 海淀"),
    "朝阳区，海淀区，丰台区": d("朝阳 海淀 丰台"),
    "朝阳区 海淀区": d("朝阳 海淀"),
    "朝阳/海淀/丰台": d("朝阳 海淀 丰台"),
    "朝阳区和海淀区": d("朝阳 海淀"),
    "朝阳区、海淀区及丰台区政府": d("朝阳 海淀 丰台"),
    "1.朝阳区\n2.海淀区\n3.丰台区": d("朝阳 海淀 丰台"),
    "（1）朝阳区（2）海淀区": d("朝阳 海淀"),
    "① 朝阳区；② 海淀区": d("朝阳 海淀"),
    "一、朝阳区；二、海淀区": d("朝阳 海淀"),
    "•朝阳区\n•海淀区": d("朝阳 海淀"),
    "门头沟、平谷、怀柔、密云、延庆5个区": d("门头沟 平谷 怀柔 密云 延庆"),
    "东城、西城两区": d("东城 西城"),
    "东城、西城2个区政府": d("东城 西城"),
    "东、西城区政府": d("东城 西城"),
    "东西城": d("东城 西城"),
    "东城区、西城区、朝阳区、海淀区、丰台区、石景山区等6个区政府": d("东城 西城 朝阳 海淀 丰台 石景山"),
    "朝阳区、海淀区等两个区": d("朝阳 海淀"),
    "密云县政府、延庆县政府": d("密云 延庆"),
    "怀柔区、密云县、延庆县": d("怀柔 密云 延庆"),
    "相关区政府（朝阳区、海淀区）": d("朝阳 海淀"),
    "相关区（朝阳、海淀、丰台）": d("朝阳 海淀 丰台"),
    "有关区政府(通州区、大兴区、经开区)": d("通州 大兴") + " BJ-BDA",
    "东城区、朝阳区政府、经开区管委会": d("东城 朝阳") + " BJ-BDA",
    "大兴区政府、北京经济技术开发区管委会": d("大兴") + " BJ-BDA",
    "大兴区（含北京经济技术开发区）": d("大兴") + " BJ-BDA",
    "通州区、城市副中心管委会": d("通州") + " BJ-FCZX",
    "市水务局、各区政府": "BJ-SHUIW " + S16,
    "市生态环境局、市水务局按职责分工负责": "BJ-STHJJ BJ-SHUIW",
    "市生态环境局牵头，市水务局配合": "BJ-STHJJ BJ-SHUIW",
    "市生态环境局牵头,各区政府落实": "BJ-STHJJ " + S16,
    "市生态环境局会同市水务局、各区政府": "BJ-STHJJ BJ-SHUIW " + S16,
    "牵头：市水务局；配合：各区政府": "BJ-SHUIW " + S16,
    "牵头单位：市水务局 配合单位：市交通委": "BJ-SHUIW BJ-JTW",
    "主责单位：市水务局；协办单位：市交通委": "BJ-SHUIW BJ-JTW",
    "市级：市水务局；区级：各区政府": "BJ-SHUIW " + S16,
    "市级部门：市水务局\n区级：各区政府": "BJ-SHUIW " + S16,
    "市水务局、市交通委、市教委": "BJ-SHUIW BJ-JTW BJ-JW",
    "市水务局市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局|市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局／市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局\\市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局\n\n市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局、\n市交通委": "BJ-SHUIW BJ-JTW",
    "市规划\n自然资源委": "BJ-GHZRW",
    "市水务局；市交通委；": "BJ-SHUIW BJ-JTW",
    "市水务局与市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局、市交通委分别负责": "BJ-SHUIW BJ-JTW",
    "市水务局（牵头）、市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局（节水处）": "BJ-SHUIW",
    "市科委、中关村管委会、市经济和信息化局": "BJ-KW BJ-JXJ",
    "市科委 中关村管委会": "BJ-KW",
    "市科委、\n中关村管委会": "BJ-KW",
    "市发展改革委、市科委、中关村管委会、市经济和信息化局": "BJ-FGW BJ-KW BJ-JXJ",
    "市委宣传部、首都文明办": "BJ-XCB BJ-WMB",
    "北京市发展改革委": "BJ-FGW",
    "北京市科学技术委员会、中关村科技园区管理委员会": "BJ-KW",
    "市公安局公安交通管理局、市公安局": "BJ-JGJ BJ-GAJ",
    "市公安局（市公安局公安交管局）": "BJ-GAJ BJ-JGJ",
    "市城市管理委、市城管执法局": "BJ-CGW BJ-CGZF",
    "市政市容委、市环保局、市住建委": "BJ-CGW BJ-STHJJ BJ-ZJW",
    "市经济信息化委、市质监局、市工商局、市安监局": "BJ-JXJ BJ-SCJG BJ-YJJ",
    "市规划国土委、市卫生计生委、市旅游委、市农委": "BJ-GHZRW BJ-WJW BJ-WLJ BJ-NYNCJ",
    "首钢集团、京能集团、北京热力集团": "BJ-SGJT BJ-JNJT BJ-RLJT",
    "首都机场集团、民航华北地区管理局": "BJ-SDJT BJ-MHHB",
    "中国铁路北京局集团有限公司、市交通委": "BJ-TLJ BJ-JTW",
    "国网北京市电力公司": "BJ-DL",
    "北京排水集团、北京自来水集团": "BJ-PSJT BJ-ZLSJT",
    "市园林绿化局(首都绿化办)": "BJ-YLJ",
    "市农业农村局、除东城、西城、石景山外的其他13个区政府": "BJ-NYNCJ " + RURAL,
    "市住房城乡建设委、市交通委、市水务局、各区政府（含北京经济技术开发区管委会）": "BJ-ZJW BJ-JTW BJ-SHUIW " + S17,
    "由市水务局负责": "BJ-SHUIW",
    "请市水务局": "BJ-SHUIW",
    "（一）市水务局；（二）市交通委": "BJ-SHUIW BJ-JTW",
    "a.市水务局 b.市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局——市交通委": "BJ-SHUIW BJ-JTW",
    "市水务局及其直属单位": "BJ-SHUIW",
    "市公安局（公安交管局）": "BJ-GAJ BJ-JGJ",
    "市规划与自然资源委员会、市住房与城乡建设委员会": "BJ-GHZRW BJ-ZJW",
    "首钢、京能、金隅": "BJ-SGJT BJ-JNJT BJ-JYJT",
    "各区政府主要领导": S16,
    "各区区长": S16,
    "16+1区": S17,
    "东城区、西城区除外的各区政府": but("东城 西城"),
    "待定": "",
    "★市水务局": "BJ-SHUIW",
    "－": "",
    "——": "",
    "不涉及": "",
}

PEOPLE = {
    "市水务局（张三）": ("BJ-SHUIW", "张三"),
    "市水务局 张三": ("BJ-SHUIW", "张三"),
    "市水务局\n李四光": ("BJ-SHUIW", "李四光"),
    "市环保局 陈天": ("BJ-STHJJ", "陈天"),
    "市水务局：王建国": ("BJ-SHUIW", "王建国"),
    "市水务局（负责人：欧阳明）": ("BJ-SHUIW", "欧阳明"),
    "市水务局（副局长 刘斌）": ("BJ-SHUIW", "刘斌"),
    "各区政府（赵一鸣）": (S16, "赵一鸣"),
    "朝阳区政府（赵一鸣）": ("110105", "赵一鸣"),
    "市水务局（张三，13800000000）": ("BJ-SHUIW", "张三"),
    "市水务局（联系人：张三，电话：010-12345678）": ("BJ-SHUIW", "张三"),
    "市水务局 责任人：周堃": ("BJ-SHUIW", "周堃"),
}

# phrase: (codes, list, its one entry)
OPEN = {
    "相关区政府": ("", "vague", None),
    "相关区": ("", "vague", None),
    "各相关区": ("", "vague", None),
    "各相关区政府": ("", "vague", None),
    "有关区": ("", "vague", None),
    "有关区政府": ("", "vague", None),
    "各有关区人民政府": ("", "vague", None),
    "相关区县政府": ("", "vague", None),
    "相关部门": ("", "vague", None),
    "各相关部门": ("", "vague", None),
    "相关单位": ("", "vague", None),
    "有关部门和单位": ("", "vague", None),
    "市有关部门": ("", "vague", None),
    "市级有关部门": ("", "vague", None),
    "市级相关部门": ("", "vague", None),
    "市政府相关部门": ("", "vague", None),
    "市各有关部门": ("", "vague", None),
    "各责任单位": ("", "vague", None),
    "各责任单位按职责分工": ("", "vague", "各责任单位"),
    "各成员单位": ("", "vague", None),
    "各相关责任单位": ("", "vague", None),
    "各部门": ("", "vague", None),
    "各行业主管部门": ("", "vague", None),
    "属地政府": ("", "vague", None),
    "属地": ("", "vague", None),
    "属地区政府": ("", "vague", None),
    "各街道（乡镇）": ("", "vague", None),
    "各乡镇政府": ("", "vague", None),
    "各街道办事处": ("", "vague", None),
    "生态涵养区": ("", "vague", None),
    "生态涵养区政府": ("", "vague", None),
    "生态涵养区各区政府": ("", "vague", None),
    "城六区": ("", "vague", None),
    "城六区政府": ("", "vague", None),
    "核心区": ("", "vague", None),
    "首都功能核心区": ("", "vague", None),
    "中心城区": ("", "vague", None),
    "平原区": ("", "vague", None),
    "平原新城": ("", "vague", None),
    "远郊区": ("", "vague", None),
    "郊区": ("", "vague", None),
    "平原地区各区政府": ("", "vague", None),
    "北京环卫集团及各区环卫中心": ("BJ-HWJT", "vague", "各区环卫中心"),
    "郊区政府": ("", "vague", None),
    "山区": ("", "vague", None),
    "涉农区": ("", "vague", None),
    "涉农区政府": ("", "vague", None),
    "13个涉农区": ("", "vague", None),
    "5个生态涵养区": ("", "vague", None),
    "重点区": ("", "vague", None),
    "有任务的区": ("", "vague", None),
    "城市发展新区": ("", "vague", None),
    "除核心区外各区政府": ("", "vague", None),
    "除核心区外的各区": ("", "vague", None),
    "除城六区外的各区政府": ("", "vague", None),
    "6个区政府": ("", "vague", None),
    "各区政府（朝阳区、海淀区）": ("", "vague", None),
    "各区政府（重点是朝阳区）": ("", "vague", None),
    "各区政府（除有关区外）": ("", "vague", None),
    "各区生态环境局": ("", "vague", None),
    "各区园林绿化局": ("", "vague", None),
    "各区水务局": ("", "vague", None),
    "各施工单位": ("", "vague", None),
    "其他相关部门": ("", "vague", None),
    "市水务局、相关区政府": ("BJ-SHUIW", "vague", "相关区政府"),
    "市水务局和相关区政府": ("BJ-SHUIW", "vague", "相关区政府"),
    "市水务局、各有关区政府、经开区": ("BJ-SHUIW BJ-BDA", "vague", "各有关区政府"),
    "相关区政府、市水务局（市排水集团）": ("BJ-SHUIW BJ-PSJT", "vague", "相关区政府"),
    "市水务局等": ("BJ-SHUIW", "etc", "等"),
    "市水务局等部门": ("BJ-SHUIW", "etc", "等部门"),
    "市水务局等单位": ("BJ-SHUIW", "etc", "等单位"),
    "市水务局、市交通委等有关部门": ("BJ-SHUIW BJ-JTW", "etc", "等有关部门"),
    "市水务局、市交通委等相关部门和单位": ("BJ-SHUIW BJ-JTW", "etc", "等相关部门和单位"),
    "市水务局、市交通委等部门、各区政府": ("BJ-SHUIW BJ-JTW " + S16, "etc", "等部门"),
    "市水务局、市交通委等部门及各区政府": ("BJ-SHUIW BJ-JTW " + S16, "etc", "等部门"),
    "市水务局等市级部门": ("BJ-SHUIW", "etc", "等市级部门"),
    "市水务局、市交通委等5个部门": ("BJ-SHUIW BJ-JTW", "etc", "等5个部门"),
    "市水务局、市交通委等部门按职责分工负责": ("BJ-SHUIW BJ-JTW", "etc", "等部门"),
    "朝阳区等区": (d("朝阳"), "etc", "等区"),
    "朝阳、海淀等区政府": (d("朝阳 海淀"), "etc", "等区政府"),
    "东城、西城等6个区": (d("东城 西城"), "etc", "等6个区"),
    "东城、西城等6个区政府": (d("东城 西城"), "etc", "等6个区政府"),
    "东城、西城等六区": (d("东城 西城"), "etc", "等六区"),
    "各区政府等": (S16, "etc", "等"),
    "朝阳区生态环境局": ("", "unknown", None),
    "朝阳区住建委": ("", "unknown", None),
    "海淀区园林绿化局": ("", "unknown", None),
    "昌平科技园": ("", "unknown", None),
    "朝阳区望京街道": ("", "unknown", None),
    "亦庄镇": ("", "unknown", None),
    "市绿化园林局": ("", "unknown", None),
    "市园林局": ("", "unknown", None),
    "某某集团": ("", "unknown", None),
    "市甲乙丙委": ("", "unknown", None),
    "供热企业": ("", "unknown", None),
    "和平里街道办事处": ("", "unknown", None),
    "市水务局、北京某某有限公司": ("BJ-SHUIW", "unknown", "北京某某有限公司"),
    "市水务局\n市某某局": ("BJ-SHUIW", "unknown", "市某某局"),
    "天津市生态环境局": ("", "unknown", None),
    "河北省": ("", "unknown", None),
}
GROUP_PAIRS = [(phrase.strip(), codes) for codes, phrases in GROUPS.items() for phrase in phrases.split("|")]


@pytest.mark.parametrize(("phrase", "codes"), [*GROUP_PAIRS, *LISTS.items()])
def test_units_that_are_named(phrase, codes):
    found = read_units(phrase, DIRECTORY)
    assert sorted(found.codes) == sorted(codes.split())
    assert (found.vague, found.etc, found.unknown) == ((), (), ())


@pytest.mark.parametrize("phrase", LISTS)
def test_lists_keep_their_order(phrase):
    assert list(read_units(phrase, DIRECTORY).codes) == LISTS[phrase].split()


@pytest.mark.parametrize("phrase", PEOPLE)
def test_a_person_beside_a_unit_is_no_unit(phrase):
    codes, name = PEOPLE[phrase]
    found = read_units(phrase, DIRECTORY)
    assert (found.codes, found.unknown, found.vague) == (tuple(codes.split()), (), ())
    assert len(found.codes) > 1 or any(name in str(warning) for warning in found.warnings)


@pytest.mark.parametrize("phrase", OPEN)
def test_what_only_a_person_can_say(phrase):
    codes, kind, words = OPEN[phrase]
    found = read_units(phrase, DIRECTORY)
    assert list(found.codes) == codes.split()
    opened = {"vague": found.vague, "etc": found.etc, "unknown": found.unknown}
    assert opened.pop(kind) == (words or phrase.replace("（", "(").replace("）", ")"),)
    assert list(opened.values()) == [(), ()]


@pytest.mark.parametrize(
    ("phrase", "offered"),
    [
        ("除核心区外的各区政府", 14),
        ("除城六区外的各区政府", 10),
        ("平原新城各区政府", 5),
        ("涉农区政府", 13),
        ("远郊区政府", 10),
        ("山区各区政府", 7),
    ],
)
def test_an_area_comes_with_an_answer_to_choose(phrase, offered):
    (words,) = read_units(phrase, DIRECTORY).suggested
    assert len(read_units(words, DIRECTORY).codes) == offered


@pytest.mark.parametrize("phrase", ["市水务局节水处", "市生态环境局大气处", "市公安局环食药旅总队"])
def test_an_office_inside_a_bureau_is_the_bureau_and_is_said(phrase):
    found = read_units(phrase, DIRECTORY)
    assert len(found.codes) == 1
    assert phrase in str(found.warnings[0])
    assert not found.unknown


TOKENS = """市水务局、|除东城区、西城区外|各区政府（含|等部门|相关区|(|东城|各|16个区|区政府|市|张三（
        |相关部门和|除|外|的其他|、|各区（除|（东城区除外）|牵头：|1|有关各区和单位及企业|东城区、
        |东城以外|一、|和|区|委、|大|市水务局处"""
LONG = [token.strip() for token in TOKENS.split("|")]


@pytest.mark.parametrize("token", LONG)
def test_a_long_cell_is_read_at_once(token):
    text = (token * 4000)[:4000]
    read_units("市水务局", DIRECTORY)
    start = time.process_time()
    read_units(text, DIRECTORY)
    assert time.process_time() - start < 0.5  # generous for a busy machine; alone it is under 0.05
