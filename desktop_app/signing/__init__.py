"""Keys, signatures, and what a signature says."""
