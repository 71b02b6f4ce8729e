"""The proof of the checks: faults of many kinds, one at a time, put into clean months of seeded series.

`make prove-checks` writes its table to docs/checks-proof.md. Nothing here is part of the product.
"""
