"""Figures: values that know how they were made and from what.

A figure is made in one way only: a registered method, a pure function of values, is called with facts that know
their origin and place. So a page that shows a figure's docstring shows the method that ran, and its inputs are those
it ran on.
"""

import hashlib
import inspect
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import ModuleType
from typing import Any, Generic, TypeVar
from urllib.parse import quote, unquote

from comity.evidence.audience import audience_of
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.wording import gettext as _

T = TypeVar("T")
Argument = str | int | date
Supplier = Callable[..., "Sequence[Fact[Any]]"]
"""What fetches the facts that a method computes with."""

Leader = Callable[..., "Iterable[Lead]"]
"""What leads from a paragraph's page to the figures of a method."""

LISTS = ("instruments", "areas")
"""The arguments of methods that list codes, `UNTOC,TIP`."""
SPANS = (("first", "last"), ("since", "until"))
"""The arguments of methods between which years are counted one by one, where the first of them is a year."""
MOST_LISTED, MOST_YEARS, MOST_DIGITS = 64, 300, 8
"""Codes that one list may hold, years that one figure may run through, and letters of a number among arguments."""


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A stored value with its evidence.

    `value` is what a method computes with, `text` what stands at `place` of the origin, letter for letter, `label`
    words for a reader, `about` the key of what the fact speaks of (an area code), by which a table's rows find their
    inputs. One that is `confidential` is given to operators alone.
    """

    value: T
    text: str
    label: str
    about: str
    origin: str
    file: str
    place: str
    recorded_at: datetime
    known_from: date
    confidential: bool = False

    def as_json(self) -> dict[str, str]:
        """The fact as `comity figure --format json` lists it among the inputs; one that is not public says so."""
        return {
            **({"audience": audience_of(confidential=True)} if self.confidential else {}),
            "value": self.text,
            "label": self.label,
            "origin": self.origin,
            "file": self.file,
            "place": self.place,
            "recorded_at": self.recorded_at.isoformat(),
            "known_from": self.known_from.isoformat(),
        }


@dataclass(frozen=True)
class Table:
    """The value of a figure that is a table: columns in order, and rows by key, each a cell a column."""

    columns: tuple[str, ...]
    rows: Mapping[str, tuple[Any, ...]]

    def cell(self, row: str, column: str) -> Any:
        """One cell; raises KeyError where row or column is not in the table."""
        if column not in self.columns:
            raise KeyError(column)
        return self.rows[row][self.columns.index(column)]


@dataclass(frozen=True)
class Lead:
    """A way from a paragraph's page to the figures of a method: one of them, or a page that lists many of a kind.

    `figure` is the id of the one, or with an `address` of any that the page lists, by which it is known who asks for
    them. `words` name the page, `note` says what is held there.
    """

    figure: str
    address: str = ""
    words: str = ""
    note: str = ""


@dataclass(frozen=True)
class Method:
    """A registered way of computing a figure: the pure function itself, and what readers are told of it.

    `label` is the heading of its figures, `phrase` how a sentence or a list names one of them, with the figure's
    arguments in places such as `%(instrument)s`, `unit` what its values are counted in. All three are in English, as
    JSON has the unit; `heading`, `in_words` and `unit_in_words` give them in the reader's language.
    """

    name: str
    version: int
    label: str
    phrase: str
    unit: str
    function: Callable[..., Any]
    parameters: Mapping[str, type]
    states: Callable[[], Mapping[str, str]]

    @property
    def heading(self) -> str:
        """The label in the reader's language."""
        return _(self.label)

    @property
    def unit_in_words(self) -> str:
        """The unit in the reader's language."""
        return _(self.unit)

    def in_words(self, arguments: Mapping[str, str]) -> str:
        """One figure by its arguments, given in words: “Parties to the Organized Crime Convention”."""
        return _(self.phrase) % arguments

    @property
    def docstring(self) -> str:
        """The function's own docstring: what a reader of the figure is shown; numbers that are declared put in."""
        text, stated = inspect.getdoc(self.function) or "", self.states()
        return text % stated if stated else text

    @property
    def result(self) -> Any:
        """What the function gives, by its annotation: `Table` where the figure is a table."""
        return inspect.signature(self.function, eval_str=True).return_annotation


_methods: dict[str, Method] = {}
_marked: dict[Supplier, tuple[str, ...]] = {}
_suppliers: dict[str, Supplier] = {}
_leading: dict[Leader, tuple[str, ...]] = {}
_leaders: dict[str, Leader] = {}
_askers: list[Callable[[str], Iterable[str]]] = []
_withdrawn: dict[str, str] = {}


_PLACE = re.compile(r"%\((\w+)\)s")
"""A place of a phrase: `%(instrument)s`."""


def _nothing() -> Mapping[str, str]:
    return {}


def method(
    name: str,
    *,
    version: int,
    label: str,
    phrase: str,
    unit: str,
    states: Callable[[], Mapping[str, str]] = _nothing,
) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Register a pure function as the method `name`; `Method` says what the texts are, each marked by `gettext_noop`.

    The function takes the facts' values as its one positional argument, and its keyword-only parameters, each annotated
    as str, int or date, are the arguments that stand in a figure's id, in their order. `states` gives what the
    docstring says of numbers that are declared elsewhere, by the places where it says it: `%(interpolate_within)s`.

    Raises TypeError for a text that is blank, and for a place of the phrase that is none of the arguments.
    """

    def register(function: Callable[..., T]) -> Callable[..., T]:
        if not function.__doc__:
            raise TypeError(f"the method {name} has no docstring, and readers of its figures are shown one")
        for what, text in (("label", label), ("phrase", phrase), ("unit", unit)):
            if not text.strip():
                raise TypeError(f"the method {name} has a blank {what}, and readers of its figures are shown one")
        signature = inspect.signature(function, eval_str=True)
        parameters = {
            key: parameter.annotation
            for key, parameter in signature.parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }
        unknown = {key: kind for key, kind in parameters.items() if kind not in (str, int, date)}
        if unknown:
            raise TypeError(f"the method {name} has arguments that an id cannot carry: {unknown}")
        if lost := set(_PLACE.findall(phrase)) - parameters.keys():
            raise TypeError(f"the phrase of the method {name} has places that are no arguments of it: {sorted(lost)}")
        _methods[name] = Method(name, version, label, phrase, unit, function, parameters, states)
        return function

    return register


def supplies(*names: str) -> Callable[[Supplier], Supplier]:
    """Mark what fetches the facts for the methods of some names: called with `as_at` and the method's own arguments."""

    def mark(function: Supplier) -> Supplier:
        _marked[function] = names
        return function

    return mark


def leads(*names: str) -> Callable[[Leader], Leader]:
    """Mark what leads to the figures of methods, of which there are too many for one page: it is called with the
    method's `name`, with `on` and `as_at`, and gives the ways to what is held on that day."""

    def mark(function: Leader) -> Leader:
        _leading[function] = names
        return function

    return mark


def leads_to(name: str, *, on: date, as_at: date) -> list[Lead]:
    """The ways to the figures of a method; none where all of them can be named."""
    return list(_leaders[name](name, on=on, as_at=as_at)) if name in _leaders else []


def register(*modules: ModuleType) -> None:
    """Make a room's figures known: the modules of its methods, of what fetches the facts for them, and of what leads
    to them.

    Raises TypeError for a module that holds neither, and for a method with two suppliers.
    """
    for module in modules:
        own = [each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__]
        suppliers = [each for each in own if callable(each) and each in _marked]
        leaders = [each for each in own if callable(each) and each in _leading]
        _leaders.update({name: leader for leader in leaders for name in _leading[leader]})
        if (
            not suppliers
            and not leaders
            and not any(found.function.__module__ == module.__name__ for found in _methods.values())
        ):
            raise TypeError(f"{module.__name__} holds no method of figures, and nothing that fetches facts for one")
        for supplier in suppliers:
            for name in _marked[supplier]:
                if _suppliers.setdefault(name, supplier) is not supplier:
                    raise TypeError(f"the facts of the method {name} are fetched by two functions")


def register_asker(asker: Callable[[str], Iterable[str]]) -> None:
    """Let a later room say which paragraphs ask for a figure: `asker(figure_id)` gives paragraph ids."""
    _askers.append(asker)


def methods() -> dict[str, Method]:
    """All registered methods by name, for `docs/methods.md` and the page of methods."""
    return dict(sorted(_methods.items()))


@dataclass(frozen=True)
class Figure:
    """A value with its method, arguments, inputs and the paragraphs that ask for it."""

    id: str
    value: Any
    unit: str
    method: str
    version: int
    docstring: str
    arguments: Mapping[str, Argument]
    inputs: tuple[Fact[Any], ...]
    asked_by: tuple[str, ...]
    digest: str

    @property
    def audience(self) -> str:
        """Whom it may be shown: the strictest audience of its inputs."""
        return audience_of(confidential=any(fact.confidential for fact in self.inputs))

    def cell(self, address: str) -> "Figure":
        """One cell of a table figure, by `row.column`: the same method, the inputs that speak of the row alone."""
        row, _dot, column = address.rpartition(".")
        if not isinstance(self.value, Table) or row not in self.value.rows or column not in self.value.columns:
            raise UnknownName(f"{self.id}#{address}", _("a cell of the figure, as id#row.column"))
        inputs = tuple(fact for fact in self.inputs if fact.about == row) or self.inputs
        value = self.value.cell(row, column)
        return Figure(
            id=f"{self.id}#{address}",
            value=value,
            unit=self.unit,
            method=self.method,
            version=self.version,
            docstring=self.docstring,
            arguments=self.arguments,
            inputs=inputs,
            asked_by=self.asked_by,
            digest=digest(value, inputs, self.version),
        )

    def as_json(self) -> dict[str, Any]:
        """The figure in the shape of `comity figure --format json`."""
        return {
            "id": self.id,
            "value": plain(self.value),
            "unit": self.unit,
            "method": self.method,
            "version": self.version,
            "docstring": self.docstring,
            "arguments": plain(dict(self.arguments)),
            "asked_by": list(self.asked_by),
            "inputs": [fact.as_json() for fact in self.inputs],
            "digest": self.digest,
        }


def plain(value: Any) -> Any:
    """A value in JSON's own types: dates as ISO text, tables as columns and rows."""
    if isinstance(value, Table):
        return {"columns": list(value.columns), "rows": {key: plain(list(cells)) for key, cells in value.rows.items()}}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, letters as they are."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Any, inputs: Iterable[Fact[Any]], version: int) -> str:
    """SHA-256 over value, inputs (text, origin and place of each) and the method's version."""
    evidence = [[fact.text, fact.origin, fact.place] for fact in inputs]
    return hashlib.sha256(canonical([value, evidence, version]).encode()).hexdigest()


def figure_id(name: str, arguments: Mapping[str, Argument]) -> str:
    """The address of a figure: the method's name and its arguments in order, `parties.UNTOC.2012-12-20`."""
    parts = [name]
    for key in _methods[name].parameters:
        value = arguments[key]
        text = value.isoformat() if isinstance(value, date) else str(value)
        parts.append(segment(text))
    return ".".join(parts)


@lru_cache(maxsize=65536)
def segment(text: str) -> str:
    """A text as one part of a figure's address: without dots and what else an address cannot carry."""
    return quote(text, safe="-_:,").replace(".", "%2E")


def parse_figure_id(identifier: str) -> tuple[Method, dict[str, Argument], str]:
    """The method, arguments and cell address (empty where the whole figure is meant) that an id names."""
    whole, _hash, cell = identifier.partition("#")
    name, *texts = whole.split(".")
    if name in _withdrawn:
        expected = _("a figure of the method “%(instead)s”: “%(name)s” was withdrawn, and it answers in its stead")
        raise UnknownName(identifier, expected % {"name": name, "instead": _shape(_methods[_withdrawn[name]])})
    if name not in _methods:
        expected = _("the id of a figure, whose first word is one of: %(methods)s")
        raise UnknownName(identifier, expected % {"methods": ", ".join(sorted(_methods))})
    found = _methods[name]
    of_the_form = _("the id of a figure, of the form %(form)s") % {"form": _shape(found)}
    if len(texts) != len(found.parameters):
        raise UnknownName(identifier, of_the_form)
    arguments: dict[str, Argument] = {}
    for (key, kind), text in zip(found.parameters.items(), texts, strict=True):
        try:
            arguments[key] = date.fromisoformat(text) if kind is date else kind(unquote(text))
            if kind is int and len(text) > MOST_DIGITS:
                raise ValueError(text)
            if key in LISTS:
                arguments[key] = ",".join(listed(unquote(text)))
        except ValueError:
            raise UnknownName(identifier, of_the_form) from None
    _require_span(identifier, arguments)
    return found, arguments, cell


def _shape(of: Method) -> str:
    """The form of the ids of a method's figures: `parties.instrument.on`."""
    return ".".join([of.name, *of.parameters])


def _require_span(identifier: str, arguments: Mapping[str, Argument]) -> None:
    for begins, ends in SPANS:
        first, last = arguments.get(begins), arguments.get(ends)
        if isinstance(first, int) and isinstance(last, int) and last < first:
            expected = _("a year not before %(first)s") % {"first": first}
            raise BadInput(Fault(_("address of the page"), ends, str(last), expected))
        last = last.year if isinstance(last, date) else last
        if isinstance(first, int) and isinstance(last, int) and last - max(first, 1) > MOST_YEARS:
            expected = _("a figure of at most %(most)d years") % {"most": MOST_YEARS}
            raise BadInput(Fault(_("address of the page"), "", identifier, expected))


def listed(text: str) -> tuple[str, ...]:
    """The codes of a list `UNTOC,TIP`, each once, in the order of their first mention: what is said twice counts once.

    Raises BadInput for more than MOST_LISTED.
    """
    codes = tuple(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))
    if len(codes) > MOST_LISTED:
        expected = _("a list of at most %(most)d codes") % {"most": MOST_LISTED}
        raise BadInput(Fault(_("address of the page"), "", f"{len(codes)}", expected))
    return codes


def withdraw(name: str, *, instead: str) -> None:
    """Say of a method that answers no more which one does: its figures stand in reports and links that people keep."""
    _withdrawn[name] = instead


def asked_by(identifier: str) -> tuple[str, ...]:
    """The paragraphs that ask for a figure, as the later rooms have registered them."""
    return tuple(dict.fromkeys(paragraph for asker in _askers for paragraph in asker(identifier)))


def make_figure(name: str, arguments: Mapping[str, Argument], inputs: Sequence[Fact[Any]]) -> Figure:
    """Call the method `name` on the inputs' values, and keep what it gave together with what it was given."""
    found = _methods[name]
    value = found.function([fact.value for fact in inputs], **arguments)
    identifier = figure_id(name, arguments)
    return Figure(
        id=identifier,
        value=value,
        unit=found.unit,
        method=name,
        version=found.version,
        docstring=found.docstring,
        arguments=arguments,
        inputs=tuple(inputs),
        asked_by=asked_by(identifier),
        digest=digest(value, inputs, found.version),
    )


def figure(identifier: str, *, as_at: date) -> Figure:
    """Recompute the figure that an id names, from the facts known at `as_at`.

    Raises UnknownName where the id names no method, argument or cell.
    """
    found, arguments, cell = parse_figure_id(identifier)
    made = make_figure(found.name, arguments, _suppliers[found.name](as_at=as_at, **arguments))
    return made.cell(cell) if cell else made
