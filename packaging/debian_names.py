"""Which packages of a Debian-like system hold the libraries that the program needs and does not bring along."""

from fnmatch import fnmatch
from pathlib import Path

from elf_needs import glibc, is_elf, needed

LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1", "libX11.so.6": "libx11-6", "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0", "libOpenGL.so.0": "libopengl0", "libbz2.so.1.0": "libbz2-1.0",
    "libcrypt.so.1": "libcrypt1",
    "libcrypto.so.3": "libssl3", "libcups.so.2": "libcups2", "libdbus-1.so.3": "libdbus-1-3", "libdrm.so.2": "libdrm2",
    "libexpat.so.1": "libexpat1", "libffi.so.8": "libffi8", "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6", "libgcc_s.so.1": "libgcc-s1", "libgio-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0", "libgobject-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2", "liblzma.so.5": "liblzma5", "libnsl.so.2": "libnsl2",
    "libreadline.so.8": "libreadline8", "libsqlite3.so.0": "libsqlite3-0", "libssl.so.3": "libssl3",
    "libstdc++.so.6": "libstdc++6", "libtirpc.so.3": "libtirpc3", "libuuid.so.1": "libuuid1",
    "libncursesw.so.6": "libncursesw6", "libpanelw.so.6": "libncursesw6", "libtinfo.so.6": "libtinfo6",
    "libdb-5.3.so": "libdb5.3", "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0", "libwayland-egl.so.1": "libwayland-egl1", "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-glx.so.0": "libxcb-glx0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0", "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0": "libxcb-shm0", "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1", "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0", "libxkbcommon.so.0": "libxkbcommon0", "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}  # fmt: skip
GLIBC = ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libresolv.so.2",
         "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1")  # fmt: skip
# Plugins that Qt leaves out by itself where their libraries are missing: printing, Wayland, the looks of GTK.
ASKED_NICELY = ("*/plugins/printsupport/*", "*/plugins/platforms/libqwayland*", "*/plugins/wayland-*",
                "*/libQt6Wayland*")  # fmt: skip
LEFT_OUT_ALONE = ("*/plugins/platformthemes/libqgtk3.so",)
COMMANDS = (
    "cups-client",
    "xdg-utils",
)  # lp prints, xdg-open opens a folder: the program says so where they are missing


def packages(program: Path) -> tuple[list[str], list[str], str]:
    """(needed, recommended, glibc as 2.28); LookupError for a library that no package here is known to hold."""
    files = [path for path in sorted(program.rglob("*")) if is_elf(path)]
    own = {path.name for path in files}
    must: set[str] = set()
    nice = set(COMMANDS)
    for path in files:
        if any(fnmatch(str(path), pattern) for pattern in LEFT_OUT_ALONE):
            continue
        asked = any(fnmatch(str(path), pattern) for pattern in ASKED_NICELY)
        for name in needed(path):
            if name in own or name in GLIBC:
                continue
            if name not in LIBRARIES:
                raise LookupError(f"{path.name} needs {name}, and no package is known to hold it")
            (nice if asked else must).add(LIBRARIES[name])
    newest = ".".join(map(str, max(glibc(path) for path in files)))
    must.add("tzdata")
    return [f"libc6 (>= {newest})", *sorted(must)], sorted(nice - must), newest
