"""The marks within numbers on pages in Arabic, which are those of charts and sentences."""

from comity.evidence.languages import language_of

DECIMAL_SEPARATOR = language_of("ar").decimal
THOUSAND_SEPARATOR = language_of("ar").thousands
NUMBER_GROUPING = 3
