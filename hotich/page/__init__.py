"""An executed notebook becomes one HTML file that needs nothing else: no request, no foreign script, all escaped."""

from hotich.page.exporter import page
from hotich.page.spec import PageSpec

__all__ = ["PageSpec", "page"]
