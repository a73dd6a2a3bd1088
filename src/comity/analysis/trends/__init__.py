"""Trends of yearly series, computed over all series at once: tests, slopes, breaks, change points and verdicts."""
