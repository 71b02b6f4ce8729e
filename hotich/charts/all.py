"""Every chart, loaded at once: what the preloaded process imports."""

from hotich.charts import bars, cases, dots, over_time

__all__ = ["bars", "cases", "dots", "over_time"]
