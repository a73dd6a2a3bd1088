"""The marks of points, “(a)”, “(ii)”, “•”: of which kind each is, and which follows which."""

import re

# “(a) To assist”, “(iv)”, “(b bis) To assist”, “a) To assist”, “• To assist”, “– To assist”.
POINT = re.compile(
    r"^(?P<mark>\((?:[a-z]{1,3}|[ivx]{1,6}|[A-Z]|\d{1,2})(?: (?:bis|ter|quater|quinquies))?\)|[a-z]\)|[•·▪●○◦‣]"
    r"|[-–—](?= ))(?: (?P<rest>.*))?$"
)
# “(i)” to “(xx)”: no list of a resolution is longer.
_TWENTY = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMANS = _TWENTY.split()
# “(b bis)” stands after “(b)”.
_INSERTED_MARK = re.compile(r" (?:bis|ter|quater|quinquies)$")


def kind_of(sign: str) -> str:
    """The kind of list that a sign begins or goes on with: dash, digit, capital, roman or letter."""
    sign = _INSERTED_MARK.sub("", sign)
    if not sign.isalnum():
        return "dash"
    if sign.isdigit():
        return "digit"
    if sign.isupper():
        return "capital"
    return "roman" if sign in _ROMANS and (len(sign) > 1 or sign == "i") else "letter"


def follows(mark: str, following: str) -> bool:
    """Whether a mark as it stands ("(a)") has another right after it in a list ("(b)", "(a bis)")."""
    sign = sign_of(mark)
    return is_next(sign, sign_of(following), kind_of(sign))


def sign_of(mark: str) -> str:
    """A mark without its brackets: "a" of "(a)" and of "a)"."""
    return mark.strip("()").rstrip(")")


def is_next(last: str, sign: str, kind: str) -> bool:
    """Whether a sign is the next one after the last in a list of a kind."""
    last = _INSERTED_MARK.sub("", last)
    if _INSERTED_MARK.search(sign):
        return _INSERTED_MARK.sub("", sign) == last
    if kind == "dash":
        return not sign.isalnum()
    if kind == "digit":
        return sign.isdigit() and int(sign) == int(last) + 1
    if kind == "roman":
        return last in _ROMANS[:-1] and sign == _ROMANS[_ROMANS.index(last) + 1]
    if len(sign) == len(last) == 1 and sign.isalpha():
        return ord(sign) == ord(last) + 1
    return (last, sign) in {("z", "aa"), ("Z", "AA")} or (
        len(last) == 2 and len(sign) == 2 and ord(sign[0]) == ord(last[0]) + 1
    )


def begins_a_list(mark: str) -> bool:
    """Whether a mark is the first of a list."""
    sign = mark.strip("()")
    return sign in {"a", "i", "A", "1"} or not sign[:1].isalnum()
