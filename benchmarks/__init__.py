"""Speed of what people wait for, each against its limit; `make bench` runs them all."""
