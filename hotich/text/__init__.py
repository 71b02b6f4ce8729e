"""Figures in somebody's text: found, checked against each other, and against the month's facts."""
