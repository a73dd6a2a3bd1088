"""Pages of analysis: indicators and their estimates, trends, flows, and what is measured of emerging issues."""
