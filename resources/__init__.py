"""Data only: fonts, calendars, units, schemas, translations, samples. Read through desktop_app.assets."""
