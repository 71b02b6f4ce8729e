"""Every chart, loaded at once: what the preloaded process imports."""

from hotich.charts import bars, dots, over_time

__all__ = ["bars", "dots", "over_time"]
