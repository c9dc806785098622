"""Palette, sizes and the style sheet."""
