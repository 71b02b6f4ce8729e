"""Hộ tịch Reports: checked, bilingual, reproducible monthly reports on the digitisation of civil-status registers."""

__version__ = "0.1.0"
