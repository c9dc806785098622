"""Working days, the third working day, and where today stands against it."""
