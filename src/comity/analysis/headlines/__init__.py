"""One answer to a question: which series of an indicator is the headline one, and what others say beside it."""
