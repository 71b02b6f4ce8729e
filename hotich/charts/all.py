"""Every chart, loaded at once: what the preloaded process imports."""

from hotich.charts import cases, districts, dots, outlook, periods, registers

__all__ = ["cases", "districts", "dots", "outlook", "periods", "registers"]
