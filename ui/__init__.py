"""The window: everything the clerk sees. Enters only by desktop_app.desk."""
