"""The marks within numbers on pages in French, which are those of charts and sentences."""

from comity.evidence.languages import language_of

DECIMAL_SEPARATOR = language_of("fr").decimal
THOUSAND_SEPARATOR = language_of("fr").thousands
NUMBER_GROUPING = 3
