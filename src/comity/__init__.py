"""Comity: from resolution to report, with every figure traceable to its source."""

__version__ = "0.1.0"
