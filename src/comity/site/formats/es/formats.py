"""The marks within numbers on pages in Spanish, which are those of charts and sentences."""

from comity.evidence.languages import language_of

DECIMAL_SEPARATOR = language_of("es").decimal
THOUSAND_SEPARATOR = language_of("es").thousands
NUMBER_GROUPING = 3
