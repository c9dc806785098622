"""Reads one foreign file in a process of its own, with little memory: bytes on stdin, JSON on stdout.

Nothing in the house imports this package and it imports nothing of the house: desktop_app.plans.workbook starts
`child` and says what its words mean. A hostile file can only take that process down.
"""
