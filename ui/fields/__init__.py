"""One widget per kind of value."""
