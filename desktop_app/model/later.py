"""The mark of fields that came after the first files: see desktop_app.model.plain."""

LATER = {"later": True}
