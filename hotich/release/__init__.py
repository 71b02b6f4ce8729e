"""Sealed releases: publish a month, verify the seals, audit by executing again, pack the evidence, compare, list."""
