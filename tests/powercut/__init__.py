"""The power goes at every moment of a real run: system calls recorded by strace, disks rebuilt from them, books opened.

strace and not a layer inside SQLite, so that what is recorded is our store on the SQLite that ships with Python, and so
that the same recorder sees copies, renames and files put on a stick. See recording.py, disk.py and scenes.py.
"""
