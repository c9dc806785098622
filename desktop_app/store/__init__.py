"""The only room that speaks SQL: one unit's book in one SQLite file."""
