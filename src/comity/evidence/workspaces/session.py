"""What a session on PostgreSQL is set to, whatever the database or the role of who connects is set to.

`ALTER DATABASE … SET` and `ALTER ROLE … SET` reach every session that does not say otherwise: by a path of schemas
another operator or table can be what a name means, by a form of dates what is read is another value, and what is said
to be done need not outlive a power cut.
"""

PINNED = {
    "search_path": '"$user",public',
    "DateStyle": "ISO,MDY",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "default_transaction_isolation": r"read\ committed",
    "row_security": "on",
    "synchronous_commit": "on",
}
"""The settings and their values, which are PostgreSQL's own and Django's, as libpq takes them in `options`."""
CHECKED = {"session_replication_role": "origin"}
"""What must be so too, and only an administrator may set."""


def options() -> str:
    """The settings as `options` of a connection, which outrank those of the database and of the role."""
    return " ".join(f"-c {name}={value}" for name, value in PINNED.items())


def expected() -> dict[str, str]:
    """What a session must be set to, by the name of the setting in small letters, without blanks."""
    return {name.lower(): _bare(value) for name, value in {**PINNED, **CHECKED}.items()}


def is_as_expected(name: str, value: str) -> bool:
    """Whether a setting is what it must be, by what the session says of it."""
    return expected()[name.lower()] == _bare(value)


def _bare(value: str) -> str:
    return value.replace(" ", "").replace("\\", "")
