"""The marks of points, “(a)”, “(ii)”, “•”: of which kind each is, and which follows which."""

import re

# “(a) To assist”, “(iv)”, “(b bis) To assist”, “a) To assist”, “• To assist”, “– To assist”.
POINT = re.compile(
    r"^(?P<mark>\((?:[a-z]{1,3}|[ivx]{1,6}|[A-Z]|[IVX]{2,5}|\d{1,2})(?: (?:bis|ter|quater|quinquies))?\)"
    r"|[a-z]\)|[•·▪●○◦‣]"
    r"|[-–—](?= ))(?: (?P<rest>.*))?$"
)
# “1. Oil”, “2) Gas”, “1.2 Bells”, “b. Bells”, “ii) Gas”, “A. Lamps”: marks that numbers of paragraphs, headings and
# initials look like, so that only their place shows that they are points.
LOOSE_POINT = re.compile(
    r"^(?P<mark>\d{1,2}[.)]|[ivxIVX]{2,6}[.)]|[A-Z][.)]|[a-z]\."
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?= [A-Z]))(?: (?P<rest>.*))?$"
)
# “(i)” to “(xx)”: no list of a resolution is longer.
_TWENTY = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMANS = _TWENTY.split()
# “(b bis)” stands after “(b)”.
_INSERTED_MARK = re.compile(r" (?:bis|ter|quater|quinquies)$")


def kind_of(mark: str) -> str:
    """The kind of list that a mark begins or goes on with: dash, decimal, digit, capital, roman, ROMAN or letter.

    With a stop for its sign ("1.", "a.") it is of another list than with brackets ("(1)", "1)", "(a)").
    """
    sign = _INSERTED_MARK.sub("", sign_of(mark))
    if not sign[:1].isalnum():
        return "dash"
    stop = "." if mark.endswith(".") else ""
    if "." in sign:
        return f"decimal of {sign.count('.') + 1}"
    if sign.isdigit():
        return f"digit{stop}"
    roman = sign.lower() in _ROMANS and (len(sign) > 1 or sign in "iI")
    if sign.isupper():
        return f"{'ROMAN' if roman else 'capital'}{stop}"
    return f"{'roman' if roman else 'letter'}{stop}"


def follows(mark: str, following: str) -> bool:
    """Whether a mark as it stands ("(a)") has another right after it in a list ("(b)", "(a bis)")."""
    return is_next(mark, following, kind_of(mark))


def sign_of(mark: str) -> str:
    """A mark without its brackets or stop: "a" of "(a)", of "a)" and of "a."."""
    return mark.strip("()").rstrip(".")


def is_next(mark: str, following: str, kind: str) -> bool:
    """Whether a mark is the next one after another in a list of a kind."""
    last, sign = _INSERTED_MARK.sub("", sign_of(mark)), sign_of(following)
    if kind == "dash":
        return not sign[:1].isalnum()
    decimal = kind.startswith("decimal")
    if not decimal and mark.endswith(".") != following.endswith("."):
        return False
    if _INSERTED_MARK.search(sign):
        return _INSERTED_MARK.sub("", sign) == last
    kind = kind.rstrip(".")
    if decimal:
        if "." not in sign:
            return False
        *above, number = sign.split(".")
        *above_last, last_number = last.split(".")
        return above == above_last and int(number) == int(last_number) + 1
    if kind == "digit":
        return sign.isdigit() and int(sign) == int(last) + 1
    if kind in {"roman", "ROMAN"}:
        place = _ROMANS.index(last.lower()) + 1 if last.lower() in _ROMANS[:-1] else None
        return place is not None and sign == (_ROMANS[place] if kind == "roman" else _ROMANS[place].upper())
    if len(sign) == len(last) == 1 and sign.isalpha():
        return ord(sign) == ord(last) + 1
    return (last, sign) in {("z", "aa"), ("Z", "AA")} or (
        len(last) == 2 and len(sign) == 2 and ord(sign[0]) == ord(last[0]) + 1
    )


def stands_below(mark: str, above: str) -> bool:
    """Whether a mark is the first below another by its numbers: "1.2.1" below "1.2", "1.1" below "1."."""
    return sign_of(mark) == f"{sign_of(above)}.1"


def begins_a_list(mark: str) -> bool:
    """Whether a mark is the first of a list: "(a)", "(i)", "1.", "2.1", or a dot or dash, of which none is first."""
    sign = sign_of(mark)
    return sign in {"a", "i", "A", "I", "1"} or sign.endswith(".1") or not sign[:1].isalnum()
