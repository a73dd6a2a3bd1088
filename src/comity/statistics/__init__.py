"""Observations with vintages: read from files, kept as immutable releases, compared, checked and computed with."""
