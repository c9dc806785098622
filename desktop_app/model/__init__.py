"""Values that travel through the house: frozen, without clock, disk or screen."""
