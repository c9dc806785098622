"""Item models between values and views."""
