"""Paths, CSV tables, atomic files and folders, transactions, content hashes, reproducible zip files."""
