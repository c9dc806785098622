"""Headings of many tables: those put together from known words, and those that no column of a plan has."""

import pytest

from desktop_app.plans.heading_words import field_of, is_foreign

# The column of a measure: headings that name it. None: headings of columns that are only mentioned.
HEADINGS = """
lead: 牵头单位（部门）|市牵头单位|市级牵头（部门）|主要牵头单位|责任牵头单位
lead: 牵头部门（单位）|牵头单位/部门|牵头区|牵头单位（市级）|牵头单位（第一位）
owners: 责任单位（部门）|主责部门（单位）|市级主责单位|区级责任单位|属地责任单位
owners: 责任部门/单位|责任单位、部门|完成单位|执行单位|落实责任单位|责任单位和责任人
owners: 第一责任单位|具体责任单位|具体实施单位|主责区|责任主体单位|实施责任单位
owners: 责任单位及联系人|责任区（单位）|主责单位（区政府）|责任单位(责任人)|承接单位
owners: 责任部门和单位|任务落实单位
supporters: 协办单位（部门）|配合单位(部门)|参加部门|支撑单位|市级支持部门|协办（配合）单位
supporters: 配合（协办）单位|协办/配合单位|配合、协办单位|协办单位及配合单位|参与配合单位
supporters: 协助配合单位|市级协同部门
deadline: 完成时限（时间）|完成时间（节点）|计划完成时间节点|年度完成时限|目标完成时间
deadline: 时间要求（月底前）|截止时间节点|办结时间|完成截止时间|时间节点要求
deadline: 完成时限(2024)|完成时限/节点|完成时间和节点|任务完成时限|任务完成时间
deadline: 要求完成时间|完成期限要求|整改完成时限|整改完成时间|完成日期（月）|规定完成时间
measure: 主要工作任务|工作措施内容|任务及要求|重点工作措施和要求|2023年重点工作措施
measure: 主要任务及措施|工作任务（措施）|任务（措施）|治理任务|措施要求|具体措施及要求
measure: 工作措施和要求|年度任务及措施|具体工作任务及标准|实施措施|任务要求|主要任务和措施
measure: 工作任务与措施|工作任务/措施|任务内容及要求|具体任务内容|细化措施|细化任务
measure: 具体落实措施|工作措施（任务）|2024年主要措施|工作内容及要求|落实举措
measure: 主要工作措施及内容
topic: 任务板块|一级任务|任务项|专项任务|重点任务（工程）|重点方向|攻坚任务
topic: 任务类别（领域）|工作领域（类别）|重点任务/领域|重点工程|工程类别|项目类别|任务模块
topic: 工作板块
goal: 2024年目标|目标（2024年）|工作目标及指标|年度工作目标|2024年度指标值
goal: 目标指标|控制目标|任务目标值|完成目标|指标目标值|计划目标|2023年任务量|量化要求
goal: 考核目标|目标/指标|年度目标（数量）|目标值（家）|2025年目标值|年度目标要求
goal: 工作量（家）|年度目标及要求|目标任务量|任务目标量
number: 任务序号|序列号|编 号|顺序|项目序号|措施序号|总序号|清单编号|序号/编号
number: 编号（序号）
key: 重点任务标识|是否重点项目|重点(★)|是否市级重点|是否市级重点任务|是否为绩效任务
key: 重点任务标记|是否列入绩效|是否绩效考核任务
None: 责任领导|分管领导|牵头市领导|联系方式|备注|完成情况|进展|投资|资金来源|责任人
None: 年度完成情况|目标完成情况|责任人及电话|督办单位|验收单位|监督单位|考核单位|审核单位
None: 任务来源|工作进度|完成进度|存在问题|下一步措施|下一步工作措施|上年目标|去年完成量
None: 数据来源|完成比例
"""
CASES = [
    (heading, name)
    for name, _mark, headings in (each.partition(": ") for each in HEADINGS.strip().splitlines())
    for heading in headings.split("|")
]
# Near to a known heading, with a word that may mean something else: a person says what it is.
ASKED = """责任方|项目单位|其他责任单位|协调单位|进度安排|今年任务数|谁来干|承接处室|区级部门|指标名称|保障措施
|印发时间|主管部门"""


@pytest.mark.parametrize(("heading", "name"), CASES)
def test_what_a_heading_names(heading, name):
    assert str(field_of(heading)) == name
    assert name != "None" or is_foreign(heading)


@pytest.mark.parametrize("heading", ASKED.replace("\n", "").split("|"))
def test_a_heading_with_a_word_too_many_is_asked_about(heading):
    assert field_of(heading) is None
    assert not is_foreign(heading)
