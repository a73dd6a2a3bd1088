"""Flows between States and areas."""
