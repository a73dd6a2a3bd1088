"""The marks within numbers on pages in Russian, which are those of charts and sentences."""

from comity.evidence.languages import language_of

DECIMAL_SEPARATOR = language_of("ru").decimal
THOUSAND_SEPARATOR = language_of("ru").thousands
NUMBER_GROUPING = 3
