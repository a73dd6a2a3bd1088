"""Baselines: the value of an indicator in a year that a person fixed, and how far later values have moved from it."""
