"""Why the system refused, in a clerk's words: it answers in English whatever the screen speaks."""

import errno

from desktop_app.language import N_, _

_REASONS = {
    "ENOENT": N_("没有这个文件或文件夹"),
    "EACCES": N_("没有权限"),
    "EPERM": N_("不允许这样做"),
    "EEXIST": N_("已经有同名的文件"),
    "EISDIR": N_("那是文件夹，不是文件"),
    "ENOTDIR": N_("路径中有一段不是文件夹"),
    "ENOSPC": N_("磁盘已满"),
    "EDQUOT": N_("超出了给你的空间限额"),
    "EROFS": N_("存储设备是只读的"),
    "EIO": N_("存储设备读写出错"),
    "ENODEV": N_("存储设备不在了"),
    "ENXIO": N_("存储设备不在了"),
    "EBUSY": N_("正在被占用"),
    "ETXTBSY": N_("正在被占用"),
    "EFBIG": N_("文件太大，存储设备放不下"),
    "ENAMETOOLONG": N_("文件名太长"),
    "EINVAL": N_("文件名里有不能用的字符"),
    "ELOOP": N_("链接绕成了圈"),
    "EMFILE": N_("打开的文件太多"),
    "ESTALE": N_("网络文件夹已断开"),
}


def reason_of(problem: BaseException) -> str:
    """The reason without a full stop; the system's own words where it says something rare."""
    name = errno.errorcode.get(getattr(problem, "errno", None) or 0, "")
    if name in _REASONS:
        return _(_REASONS[name])
    return getattr(problem, "strerror", None) or str(problem)
