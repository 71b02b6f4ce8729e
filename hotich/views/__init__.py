"""Facts made visible, nothing computed: charts, sentences, tables, notices, the annex."""

from hotich.views.own import derived, figure, table

__all__ = ["derived", "figure", "table"]
