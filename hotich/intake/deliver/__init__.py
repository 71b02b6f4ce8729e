"""Entries that were read become a month's counts: what changes, the log, and the report of every problem."""
