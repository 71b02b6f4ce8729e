"""The list of releases as pages without a server: `reports/index.html`, and a page of differences for any two months.

Everything is made from the releases alone, and every figure is looked up again in their `measures.csv`.
"""

from hotich.release.site.build import Site, build

__all__ = ["Site", "build"]
