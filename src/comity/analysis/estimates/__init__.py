"""Estimates for regions and the world, by methods that are declared."""
