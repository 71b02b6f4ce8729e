"""Every chart, loaded at once: what the preloaded process imports."""

from hotich.views.charts import by_area, by_month, by_register, communes, discrepancies, progress

__all__ = ["by_area", "by_month", "by_register", "communes", "discrepancies", "progress"]
