"""The envelope: a signed PDF that carries its data."""
