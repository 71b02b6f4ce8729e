"""The proof of the checks: inject faults of many kinds, one at a time, into clean months of seeded series.

`make prove-checks` writes its table to docs/checks-proof.md. The package does not import this folder.
"""
