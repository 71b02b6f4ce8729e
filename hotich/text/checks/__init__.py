"""Checks of figures against other figures of the same text; what is not certain is no contradiction."""
