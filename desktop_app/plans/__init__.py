"""Task tables in: what the bureau's workbook says, and what was understood of it."""
