"""The marks within numbers on pages in Chinese, which are those of charts and sentences."""

from comity.evidence.languages import language_of

DECIMAL_SEPARATOR = language_of("zh").decimal
THOUSAND_SEPARATOR = language_of("zh").thousands
NUMBER_GROUPING = 3
