"""Unit cells of two hundred further plans, written down with their meaning before anything read them."""

import pytest

from desktop_app.plans import shipped_directory
from desktop_app.plans.owners import read_units

DIRECTORY = shipped_directory()
SHORT = {unit.short_name.removesuffix("区"): unit.code for unit in DIRECTORY.districts(with_development_area=False)}
SIXTEEN = tuple(SHORT.values())

# Phrase | its units (S16 the districts, S17 with the development area, less what follows a dash) | what is asked:
# V a vague phrase, E an open list, U an unknown name, ? a question of either kind, ?0 one or none.
PHRASES = """
各区（不含核心区） | | V
各区（不含东城、西城和经开区） | S16-东城-西城 |
各区政府（东城、西城、石景山区除外），经开区管委会 | S16-东城-西城-石景山 BJ-BDA |
城六区政府、经开区管委会 | BJ-BDA | V
城六区及通州区 | 通州 | V
城六区、大兴区、经开区 | 大兴 BJ-BDA | V
平原区各区政府 | | V
生态涵养区各区政府、昌平区、房山区 | 昌平 房山 | V
沿线各区 | | V
沿线各区政府 | | V
永定河沿线各区政府、市水务局 | BJ-SHUIW | ?
流域内各区政府 | | V
涉及区政府 | | V
涉及的区政府 | | V
项目所在区政府 | | V
项目属地区政府 | | V
机场周边各区 | | ?
五环路内各区政府 | | ?
有关区 | | V
有关区、市水务局 | BJ-SHUIW | V
各街道 | | V
各街道、各乡镇 | | V+V
各街乡镇 | | V
各街道办事处、乡镇政府 | | V+V
各镇（街道） | | V
各镇街 | | V
市生态环境局会同各区政府 | BJ-STHJJ S16 |
市生态环境局会同市公安局公安交管局、市交通委 | BJ-STHJJ BJ-JGJ BJ-JTW |
各相关部门按职责分工负责 | | V
市有关部门按职责分工负责 | | V
各部门各单位按职责分工负责 | | V+V
市级各相关部门和各区政府 | S16 | V
各有关单位 | | V
海淀区等5个区 | 海淀 | E
海淀、丰台、石景山等3个区 | 海淀 丰台 石景山 |
市管企业 | | ?
市属国有企业 | | ?
各市属企业 | | V
各市管企业 | | ?
在京央企 | | ?
首农集团 | BJ-SNJT |
首农食品集团、北京排水集团 | BJ-SNJT BJ-PSJT |
市国资委（首农食品集团） | BJ-GZW BJ-SNJT |
市国资委（督促市管企业落实） | BJ-GZW | ?
市商务局、市邮政管理局 | BJ-SHANGW BJ-YZJ |
市住房城乡建设委（施工工地）、市交通委（道路工程）、市水务局（水务工程） | BJ-ZJW BJ-JTW BJ-SHUIW |
市公安局公安交管局、市生态环境局按职责分工 | BJ-JGJ BJ-STHJJ |
市生态环境局（大气处） | BJ-STHJJ |
市生态环境局、各区政府、经开区管委会按职责分别负责 | BJ-STHJJ S17 |
各区人民政府、北京经济技术开发区管委会 | S17 |
各区政府、亦庄新城管委会 | S16 | ?
各区政府和经开区 | S17 |
各区（地区）政府 | | V
各区政府，北京经济技术开发区、天安门地区、重点站区管委会 | S17 BJ-TAM BJ-ZDZQ |
各区政府，燕山办事处 | S16 | U
房山区（含燕山地区） | 房山 | ?
房山区政府、燕山办事处 | 房山 | U
通州区（含北京城市副中心） | 通州 | ?
通州区政府、城市副中心管委会 | 通州 BJ-FCZX |
东、西城区，朝阳区 | 东城 西城 朝阳 |
朝阳、海淀、丰台、石景山4区 | 朝阳 海淀 丰台 石景山 |
朝、海、丰、石四区 | | U+U+U+U
朝阳区、海淀区两区政府 | 朝阳 海淀 |
“三城一区”管委会 | | ?
怀柔科学城、未来科学城管委会 | BJ-HRKX BJ-WLKX |
密云区政府、市水务局（密云水库管理处） | 密云 BJ-SHUIW |
密云水库管理处 | | U
北京排水集团等企业 | BJ-PSJT | E
市水务局、市排水集团 | BJ-SHUIW BJ-PSJT |
市水务局，市排水集团，各区水务局 | BJ-SHUIW BJ-PSJT | V
市农业农村局、涉农区政府 | BJ-NYNCJ | V
市农业农村局，13个涉农区政府 | BJ-NYNCJ | V
13个有农业的区政府 | | V
10个远郊区政府 | | V
市交通委、首发集团、市公联公司 | BJ-JTW BJ-SFJT | U
市城市管理委、北京热力集团、各区政府 | BJ-CGW BJ-RLJT S16 |
市发展改革委牵头，市财政局、市规划自然资源委参与 | BJ-FGW BJ-CZJ BJ-GHZRW |
市发展改革委（牵头），市财政局（配合），各区政府（落实） | BJ-FGW BJ-CZJ S16 |
责任单位：市交通委，市生态环境局，市公安局公安交管局 | BJ-JTW BJ-STHJJ BJ-JGJ |
市委组织部、市委宣传部 | BJ-ZZB BJ-XCB |
市高级法院、市检察院、市司法局 | BJ-FY BJ-JCY BJ-SFJ |
市纪委市监委机关 | BJ-JWJW |
团市委、市妇联、市总工会 | BJ-GQT BJ-FL BJ-ZGH |
市生态环境局（市应对气候变化领导小组办公室） | BJ-STHJJ | ?
市蓝天办 | | U
市河长办、各区河长办 | BJ-SHUIW | V
市政府督查室、市生态环境局 | BJ-DCS BJ-STHJJ |
北京海关、民航华北局、首都机场集团、大兴国际机场 | BJ-HG BJ-MHHB BJ-SDJT BJ-DXGJ |
北京铁路局，市交通委 | BJ-TLJ BJ-JTW |
中石化北京石油分公司、中石油北京销售分公司 | BJ-ZSH BJ-ZSY |
国网北京电力公司、各区政府 | BJ-DL S16 |
北汽集团、首钢集团、金隅集团、燕山石化 | BJ-BQJT BJ-SGJT BJ-JYJT BJ-YSSH |
市卫生健康委、市医管中心 | BJ-WJW BJ-YGZX |
市机关事务局、市教委、市卫生健康委、市文化和旅游局、市体育局 | BJ-JGSW BJ-JW BJ-WJW BJ-WLJ BJ-TYJ |
市公园管理中心、市园林绿化局（首都绿化办） | BJ-GYZX BJ-YLJ |
市气象局、市生态环境监测中心 | BJ-QXJ BJ-JCZX |
市市场监管局 市生态环境局 | BJ-SCJG BJ-STHJJ |
市市场监管局、市商务局、市经济和信息化局、市城管执法局、 | BJ-SCJG BJ-SHANGW BJ-JXJ BJ-CGZF |
市科委、中关村管委会，市经济和信息化局 | BJ-KW BJ-JXJ |
市科委（中关村管委会）、市教委 | BJ-KW BJ-JW |
市规划自然资源委（市自然资源局） | BJ-GHZRW |
市住房城乡建设委、市重大项目办、市轨道公司 | BJ-ZJW BJ-ZDB BJ-GDGL |
市政府相关委办局 | | V
市属各相关单位、各区政府 | S16 | V
各行业主管部门、各区政府 | S16 | V
各相关市级部门、各区政府（含北京经济技术开发区管委会） | S17 | V
各牵头部门 | | V
各责任部门 | | V
16区政府、经开区管委会 | S17 |
十六个区及北京经济技术开发区 | S17 |
其他区政府 | | V
其余各区 | | V
除延庆区外的各区 | S16-延庆 |
除核心区、延庆区外其他区 | | V
除生态涵养区外各区政府 | | V
除门头沟、怀柔、密云、延庆外的12个区政府 | S16-门头沟-怀柔-密云-延庆 |
朝阳区等10个区（不含东城、西城、门头沟、怀柔、密云、延庆） | 朝阳 | E
海淀区政府 昌平区政府 | 海淀 昌平 |
海淀区　昌平区　顺义区 | 海淀 昌平 顺义 |
海淀区政府(昌平区政府配合) | 海淀 昌平 |
海淀区政府牵头，昌平区、朝阳区政府配合 | 海淀 昌平 朝阳 |
海淀区政府/昌平区政府 | 海淀 昌平 |
海淀，昌平，顺义 | 海淀 昌平 顺义 |
海淀区委区政府、昌平区委区政府 | 海淀 昌平 |
海淀区人民政府办公室 | 海淀 |
海淀区水务局、海淀区园林绿化局 | | U+U
海淀区上地街道 | | U
海淀镇 | | U
房山区、大兴区，相关区 | 房山 大兴 | V
房山、大兴及相关区政府 | 房山 大兴 | V
市水务局（牵头）；通州区、大兴区等有关区政府 | BJ-SHUIW 通州 大兴 | E
市交通委、市商务局、市邮政管理局等相关部门 | BJ-JTW BJ-SHANGW BJ-YZJ | E
市交通委、市商务局、市邮政管理局等3个部门 | BJ-JTW BJ-SHANGW BJ-YZJ |
市经济和信息化局、市生态环境局，各区政府、北京经济技术开发区管委会 | BJ-JXJ BJ-STHJJ S17 |
第一责任单位：市水务局；第二责任单位：市财政局 | BJ-SHUIW BJ-CZJ |
主办：市水务局 协办：市财政局 | BJ-SHUIW BJ-CZJ |
牵头：市水务局 | BJ-SHUIW |
市水务局*、市财政局 | BJ-SHUIW BJ-CZJ |
市水务局① | BJ-SHUIW |
市水务局1、市财政局2 | BJ-SHUIW BJ-CZJ |
★市水务局 △市财政局 | BJ-SHUIW BJ-CZJ |
市水务局局长 王某 | BJ-SHUIW |
市水务局主要负责人 | BJ-SHUIW |
分管副市长；市水务局 | BJ-SHUIW | ?0
市环保局、市发展改革委、市经济信息化委、市质监局 | BJ-STHJJ BJ-FGW BJ-JXJ BJ-SCJG |
市农委、市水务局、市园林绿化局、有关区县政府 | BJ-NYNCJ BJ-SHUIW BJ-YLJ | V
各区县政府、北京经济技术开发区管委会、市环保局 | S17 BJ-STHJJ |
大兴区政府(北京经济技术开发区管委会) | 大兴 BJ-BDA |
延庆县、密云县、怀柔区政府 | 延庆 密云 怀柔 |
市政府办公厅、市委办公厅 | BJ-BGT | U
各区党委和政府 | S16 |
各区委、区政府，经开区工委管委会 | S17 |
北京经济技术开发区工委、管委会 | BJ-BDA |
全体成员单位 | | ?
领导小组各成员单位 | | ?
本单位 | | ?
机关各处室 | | ?
各科室、各所属单位 | | V+V
各区政府（含北京经济技术开发区管委会，除东城区、西城区外） | S17-东城-西城 |
东城区、西城区政府等核心区 | 东城 西城 | V+E
朝阳、海淀、丰台等区 | 朝阳 海淀 丰台 | E
市生态环境局牵头，会同市公安局、各区政府 | BJ-STHJJ BJ-GAJ S16 |
市生态环境局、有关部门、各区政府按职责分工负责 | BJ-STHJJ S16 | V
通州区政府、城市副中心党工委管委会 | 通州 BJ-FCZX |
市发展改革委、市城市管理委、国网北京市电力公司、京能集团 | BJ-FGW BJ-CGW BJ-DL BJ-JNJT |
拒马河流域房山区政府 | 房山 |
永定河流域相关区政府 | | ?
潮白河沿岸各区 | | V
清河、凉水河流域各区政府 | | V+U
副中心范围内各区 | | ?
回天地区所在区政府 | | ?
市水务局、市排水集团、各区政府（含经开区）按职责分工落实 | BJ-SHUIW BJ-PSJT S17 |
市住房城乡建设委（房屋建筑）、市交通委（公路） | BJ-ZJW BJ-JTW | ?0
各有关区政府，市水务局指导 | BJ-SHUIW | V
市园林绿化局、各区园林绿化局 | BJ-YLJ | V
东城区园林绿化局 | | U
市属高校、市教委 | BJ-JW | ?
医疗机构、市卫生健康委 | BJ-WJW | ?
各物流企业 | | ?
邮政快递企业、市邮政管理局 | BJ-YZJ | ?
本市各级行政机关 | | ?
顺义区（牵头）、首都机场集团 | 顺义 BJ-SDJT |
丰台区、石景山区、门头沟区、房山区、大兴区5个区 | 丰台 石景山 门头沟 房山 大兴 |
丰台区、石景山区、门头沟区、房山区、大兴区等永定河沿线5区 | 丰台 石景山 门头沟 房山 大兴 | ?0
各区 、 经开区 | S17 |
各区政府 / 经开区管委会 / 市水务局 | S17 BJ-SHUIW |
主责：各区政府；协办：市财政局 | S16 BJ-CZJ |
各区（除石景山区） | S16-石景山 |
石景山区除外的各区 | S16-石景山 |
除平谷、延庆外，各区政府 | S16-平谷-延庆 |
市经信局、市科委、市商务局 | BJ-JXJ BJ-KW BJ-SHANGW |
市委组织部；市委党校 | BJ-ZZB | U
市应急管理局（市应急办） | BJ-YJJ | ?0
市公安局、市公安局公安交通管理局 | BJ-GAJ BJ-JGJ |
市消防救援总队、市应急局 | BJ-XFZD BJ-YJJ |
各区生态环境分局 | | ?
市生态环境局各直属单位 | BJ-STHJJ | ?0
市生态环境保护综合执法总队 | BJ-ZFZD |
市环境监察总队 | BJ-ZFZD |
16个区政府、北京经济技术开发区管委会、市水务局 | S17 BJ-SHUIW |
由海淀区、昌平区政府分别负责 | 海淀 昌平 |
海淀区政府（上庄镇） | 海淀 | ?
海淀区政府为主，昌平区政府配合 | 海淀 昌平 | ?0
各区政府主要负责同志 | S16 |
密云、怀柔、平谷、延庆、门头沟区政府 | 密云 怀柔 平谷 延庆 门头沟 |
首钢集团有限公司 | BJ-SGJT |
国网北京市电力公司、各供热单位 | BJ-DL | ?
市财政局（预算处）、市审计局 | BJ-CZJ BJ-SJJ |
"""


def _codes(words):
    for word in words.split():
        group, *less = word.split("-") if word.startswith("S1") else (word,)
        if group in ("S16", "S17"):
            left_out = [SHORT[name] for name in less]
            yield from (code for code in SIXTEEN if code not in left_out)
            yield from ["BJ-BDA"] * (group == "S17")
        else:
            yield SHORT.get(word, word)


def _cases():
    for line in PHRASES.strip().splitlines():
        phrase, units, asked = (cell.strip() for cell in f"{line} | | ".split("|")[:3])
        yield phrase, sorted(_codes(units)), asked


@pytest.mark.parametrize(("phrase", "codes", "asked"), list(_cases()))
def test_a_cell_of_units(phrase, codes, asked):
    found = read_units(phrase, DIRECTORY)
    assert sorted(found.codes) == codes
    kinds = "+".join(["V"] * len(found.vague) + ["E"] * len(found.etc) + ["U"] * len(found.unknown))
    assert kinds in {"?": ("V", "E", "U"), "?0": ("V", "U", "")}.get(asked, (asked,))
