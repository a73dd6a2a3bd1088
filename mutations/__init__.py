"""How well the tests hold the pure rules of the field: each rule is broken on purpose, and a test must say so."""
