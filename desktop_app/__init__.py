"""Yuebao 月报: a reporting unit's monthly progress on the pollution campaign, from task table to signed report."""

__version__ = "0.1.0"
