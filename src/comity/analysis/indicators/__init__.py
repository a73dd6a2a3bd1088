"""Indicators: what is declared, its values for areas and years, and the page that shows them."""
