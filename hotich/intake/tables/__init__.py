"""Grids become entries: tables are found by their headings, rows by the units and registers they name."""
