"""The directory of units: every body that a city plan names, former names, and a unit's own additions."""

import pytest

from desktop_app.errors import ClerkError
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.plans import shipped_directory
from desktop_app.plans.directory import with_added
from desktop_app.plans.owners import read_units
from desktop_app.plans.unit_names import near_units

DIRECTORY = shipped_directory()

# Today's name, and what the same desk is or was called in plans of 2013 to 2026.
SAME = {
    "BJ-FGW": "北京市发展和改革委员会 市发展改革委 市发改委 市发展和改革委员会 市发展和改革委",
    "BJ-JW": "市教委 北京市教育委员会 市教育委员会 市委教育工委、市教委",
    "BJ-KW": "市科委、中关村管委会 市科委（中关村管委会） 市科委 中关村管委会 市科学技术委员会",
    "BJ-JXJ": "市经济和信息化局 市经信局 市经济信息化委 市经济和信息化委 市经信委 市经济信息化局",
    "BJ-GAJ": "市公安局 北京市公安局",
    "BJ-JGJ": "市公安局公安交通管理局 市公安局公安交管局 市公安局交管局 市公安交管局 市交管局 市公安局交通管理局",
    "BJ-CZJ": "市财政局",
    "BJ-RSJ": "市人力资源社会保障局 市人力社保局 市人社局 市人力资源和社会保障局",
    "BJ-GHZRW": "市规划自然资源委 市规划和自然资源委 市规自委 市规划国土委 市规划委 市国土局 市国土资源局",
    "BJ-STHJJ": "市生态环境局 市环保局 市环境保护局 北京市环境保护局 北京市环保局",
    "BJ-ZJW": "市住房城乡建设委 市住建委 市住房和城乡建设委 市建委",
    "BJ-CGW": "市城市管理委 市城管委 市市政市容委 市政市容委 市城市管理委员会 北京市市政市容管理委员会",
    "BJ-CGZF": "市城管执法局 市城市管理综合行政执法局 市城市管理执法局 市城管综合执法局",
    "BJ-JTW": "市交通委 市交通委员会 市交委 市交通委路政局",
    "BJ-SHUIW": "市水务局 市南水北调办",
    "BJ-NYNCJ": "市农业农村局 市农委 市农业局 市委农工委、市农业农村局",
    "BJ-SHANGW": "市商务局 市商务委",
    "BJ-WLJ": "市文化和旅游局 市文旅局 市旅游委 市旅游发展委 市文化局",
    "BJ-WJW": "市卫生健康委 市卫健委 市卫生计生委 市卫计委 市卫生局 市爱卫办",
    "BJ-YJJ": "市应急局 市应急管理局 市安全监管局 市安监局",
    "BJ-SCJG": "市市场监管局 市市场监督管理局 市质监局 市质量技术监督局 市工商局 市食品药品监管局",
    "BJ-GZW": "市国资委 市政府国资委",
    "BJ-TJJ": "市统计局",
    "BJ-YLJ": "市园林绿化局 首都绿化办 市园林绿化局（首都绿化办）",
    "BJ-JRJ": "市金融监管局 市地方金融监管局 市地方金融管理局 市金融局 市委金融办、市地方金融管理局",
    "BJ-JGSW": "市机关事务局 市机关事务管理局",
    "BJ-ZWSJ": "市政务服务局 市政务服务和数据管理局 市政务和数据局",
    "BJ-ZDB": "市重大项目办 市重大办",
    "BJ-ZDZQ": "重点站区管委会 北京西站地区管委会 市重点站区管委会",
    "BJ-TAM": "天安门地区管委会",
    "BJ-QXJ": "市气象局",
    "BJ-XCB": "市委宣传部 北京市委宣传部",
    "BJ-SFJ": "市司法局",
    "BJ-SJJ": "市审计局",
    "BJ-TYJ": "市体育局",
    "BJ-GYZX": "市公园管理中心",
    "BJ-DZJ": "市地震局",
    "BJ-YZJ": "市邮政管理局",
    "BJ-WMB": "首都文明办 首都精神文明建设委员会办公室",
    "BJ-XFZD": "市消防救援总队 市公安局消防局",
    "BJ-LSJ": "市粮食和储备局 市粮食局",
    "BJ-YPJ": "市药监局 市药品监督管理局",
    "BJ-SWJ": "市税务局 国家税务总局北京市税务局 市国税局 市地税局 北京市税务局",
    "BJ-RMYH": "人民银行营业管理部 人民银行北京市分行 中国人民银行北京市分行",
    "BJ-JGZJ": "国家金融监督管理总局北京监管局 北京金融监管局 北京银保监局 北京银监局",
    "BJ-HG": "北京海关",
    "BJ-MHHB": "民航华北地区管理局 民航华北局",
    "BJ-FCZX": "北京城市副中心党工委管委会 城市副中心管委会 北京城市副中心管委会 通州区管委会",
    "BJ-SDJT": "首都机场集团 首都机场集团有限公司",
    "BJ-TLJ": "北京铁路局 中国铁路北京局集团 中国铁路北京局集团有限公司",
    "BJ-PSJT": "市排水集团 北京排水集团",
    "BJ-ZLSJT": "市自来水集团 北京自来水集团",
    "BJ-HWJT": "北京环卫集团 市环卫集团",
    "BJ-GJJT": "北京公交集团 市公交集团",
    "BJ-DTJT": "北京地铁 北京地铁公司 市地铁运营公司",
    "BJ-RLJT": "北京热力集团 市热力集团",
    "BJ-RQJT": "北京燃气集团 市燃气集团",
    "BJ-DL": "国网北京市电力公司 市电力公司 国网北京电力",
    "BJ-JNJT": "京能集团",
    "BJ-SGJT": "首钢集团 首钢总公司 首钢",
    "BJ-BKJT": "北控集团",
    "BJ-SNJT": "首农食品集团 首农集团",
    "BJ-JYJT": "金隅集团",
    "BJ-SFJT": "首发集团 市首发集团",
    "BJ-YSSH": "燕山石化 燕山石化公司",
    "BJ-BDA": "北京经济技术开发区管委会 北京经济技术开发区管理委员会 北京经济技术开发区 经开区管委会 经开区"
    " 北京经开区 北京经开区管委会 开发区管委会 亦庄开发区 亦庄",
}
PAIRS = [(word, code) for code, words in SAME.items() for word in words.split()]


@pytest.mark.parametrize(("word", "code"), PAIRS)
def test_every_name_of_a_unit_past_and_present(word, code):
    found = read_units(word, DIRECTORY)
    assert (found.codes, found.unknown, found.vague, found.etc) == ((code,), (), (), ())


def test_names_belong_to_one_unit_each():
    words = [word for unit in DIRECTORY.units for word in {unit.code, unit.name, *unit.aliases}]
    assert len(words) == len(set(words))
    assert len({unit.sort_order for unit in DIRECTORY.units}) == len(DIRECTORY.units)
    assert [unit.sort_order for unit in DIRECTORY.units[:17]] == list(range(1, 18))


OWN = Unit("OWN-1", "朝阳区生态环境局", UnitKind.DEPARTMENT, 0, ("区生态环境局",))


def test_an_added_unit_stands_last_and_is_found_by_every_name():
    extended = with_added(DIRECTORY, [OWN])
    assert extended.units[-1].code == "OWN-1"
    assert read_units("朝阳区生态环境局、市水务局", extended).codes == ("OWN-1", "BJ-SHUIW")
    assert read_units("区生态环境局", extended).codes == ("OWN-1",)
    assert extended.units[:-1] == DIRECTORY.units


def test_an_addition_is_never_seen_in_the_shipped_directory():
    extended = with_added(DIRECTORY, [OWN])
    for directory, codes in ((extended, ("OWN-1",)), (DIRECTORY, ()), (extended, ("OWN-1",))):
        assert read_units("朝阳区生态环境局", directory).codes == codes
    assert shipped_directory().find("朝阳区生态环境局") is None


def test_a_known_code_gets_further_aliases_and_keeps_its_name_and_place():
    more = Unit("BJ-SHUIW", "北京市水务局", UnitKind.DEPARTMENT, 999, ("市河湖局", "市水务局"))
    extended = with_added(DIRECTORY, [more])
    unit = extended.find("市河湖局")
    assert (unit.code, unit.sort_order, unit.short_name) == ("BJ-SHUIW", 117, "市水务局")
    assert len(extended.units) == len(DIRECTORY.units)


@pytest.mark.parametrize("word", ["市水务局", "市科委、 中关村管委会", "朝阳", "BJ-JTW", " "])
def test_a_word_of_another_unit_is_refused(word):
    with pytest.raises(ClerkError):
        with_added(DIRECTORY, [Unit("OWN-1", "新单位", UnitKind.INSTITUTION, 0, (word,))])


def test_two_additions_may_not_share_a_word_either():
    with pytest.raises(ClerkError):
        with_added(DIRECTORY, [OWN, Unit("OWN-2", "区生态环境局", UnitKind.DEPARTMENT, 0)])


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("市园林局", "BJ-YLJ"),
        ("市绿化园林局", "BJ-YLJ"),
        ("市水务", "BJ-SHUIW"),
        ("生态环境局", "BJ-STHJJ"),
        ("市住建局", "BJ-ZJW"),
        ("国网北京电力局", "BJ-DL"),
        ("朝阳区生态环境局", "110105"),
        ("海淀区住建委", "110108"),
    ],
)
def test_what_an_unknown_name_is_nearest_to(phrase, first):
    near = near_units(phrase, DIRECTORY)
    assert near[0].code == first
    assert len(near) <= 3
    assert len({unit.code for unit in near}) == len(near)


def test_nothing_is_near_to_what_is_no_unit():
    assert near_units("", DIRECTORY) == ()
    assert near_units("XYZ", DIRECTORY) == ()
