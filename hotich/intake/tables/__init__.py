"""Grids become entries: tables found by their headings, rows by the units and registers they name."""
