"""Run inside a fresh D-Bus session: start a Secret Service, use the vault, print JSON, end what was started.

Usage: vault_session.py unlocked|locked|absent
"""

import json
import os
import signal
import subprocess
import sys
import time

from desktop_app.signing import vault

USER = "110105/王喆@/书/keys"
SECRET = "口令 一二三四!"


def start(mode: str) -> subprocess.Popen[bytes] | None:
    """The daemon in the foreground, so that its process id is ours to end; None where none is wanted."""
    if mode == "absent":
        return None
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
    if mode == "unlocked":
        command.append("--unlock")
    daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if daemon.stdin:
        daemon.stdin.write(b"\n" if mode == "unlocked" else b"")
        daemon.stdin.close()
    wait_for_service()
    return daemon


def wait_for_service() -> None:
    """Until org.freedesktop.secrets has an owner."""
    import secretstorage

    for _attempt in range(200):
        connection = secretstorage.dbus_init()
        there = secretstorage.check_service_availability(connection)
        connection.close()
        if there:
            return
        time.sleep(0.02)
    raise TimeoutError("no Secret Service after four seconds")


def main(mode: str) -> dict[str, object]:
    daemon = start(mode)
    try:
        kept = vault.remember(USER, SECRET)
        recalled = vault.recall(USER)
        other = vault.recall(USER + "x")
        status = vault.status()
        forgotten = vault.forget(USER)
        again = vault.forget(USER)
        return {
            "kept": kept,
            "recalled": recalled,
            "other": other,
            "safe": status.safe,
            "name": status.name,
            "reason": status.reason,
            "forgotten": forgotten,
            "again": again,
            "after": vault.recall(USER),
        }
    finally:
        if daemon is not None:
            os.kill(daemon.pid, signal.SIGTERM)
            daemon.wait(5)


if __name__ == "__main__":
    json.dump(main(sys.argv[1]), sys.stdout)
