"""What is measured of the emerging issues that the Assembly named."""
