"""Compare two months' reports figure by figure: `hotich compare`, and the pages of differences of the site."""

from hotich.release.compare.difference import Comparison, between, difference
from hotich.release.compare.source import Source, find

__all__ = ["Comparison", "Source", "between", "difference", "find"]
