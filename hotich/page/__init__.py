"""An executed notebook becomes one HTML file that needs nothing else: no request, no foreign script, all escaped."""

from hotich.page.exporter import About, page

__all__ = ["About", "page"]
