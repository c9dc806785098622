"""One class a page: load, check, save."""
