"""A report as PDF bytes; no disk but the fonts, no clock."""
