"""The marks within numbers on pages in English, which are those of charts and sentences."""

from comity.evidence.languages import language_of

DECIMAL_SEPARATOR = language_of("en").decimal
THOUSAND_SEPARATOR = language_of("en").thousands
NUMBER_GROUPING = 3
