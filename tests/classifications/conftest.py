"""Each test of the room has a folder of releases of its own."""

from examples.releases import releases_of_its_own

__all__ = ["releases_of_its_own"]
