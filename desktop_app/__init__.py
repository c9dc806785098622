"""Yuebao 月报: a reporting unit's monthly progress on the pollution campaign, from task table to signed report."""

__version__ = "0.1.0"

# The name by which desktops know the program (menu entry, icon, package). ".internal" can be nobody's domain on the
# internet, so it takes nobody's name; whoever hands the program to a store puts the domain that they own here.
APPLICATION_ID = "internal.yuebao.yuebao"
