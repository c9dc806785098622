"""Use cases, one verb a module: the only door for ui/ and cli/."""
