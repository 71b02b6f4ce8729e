"""Paths, tables of text, files and folders that change whole, content hashes."""
