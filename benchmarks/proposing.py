"""How often the mapping aid names the chosen category: `python -m benchmarks.proposing CSV [--doubtful TABLE]`.

The table maps national codes as statisticians chose. It has the columns `national_code`, one with “title” in its
heading, and `iccs_code`. It is parted once and for all by the SHA-256 of the national code: even is the half on which
the aid was tuned, odd the half held out, which nobody looked at before the aid was finished. Printed for each half: the
share of titles whose category is the first proposal, and among the first five, at the exact code and at the division
(first four digits), with Wilson's 95 % interval (Wilson 1927), and on the held-out half the same with the tuning half
given as mapped examples. A code chosen from a section whole has no division; it is counted in the rates of codes alone.

Keys that are doubtful by `tables/doubtful_iccs_keys.csv`, or by the table that `--doubtful` names, are left out and
listed with the reason; the same rates with them stand beside. A row of that table counts where code, title and key are
those of the table measured; one that meets none is named.
"""

import argparse
import hashlib
import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.classifications.proposing.propose import Proposal, propose
from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import parse_table
from comity.evidence.files.texts import decode

DOUBTFUL = Path(__file__).parent / "tables" / "doubtful_iccs_keys.csv"
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of titles, with Wilson's 95 % interval."""

    name: str
    hits: int
    titles: int

    @property
    def share(self) -> float:
        """The share of titles, between 0 and 1; 0 where there are none."""
        return self.hits / (self.titles or 1)

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share."""
        square = Z95 * Z95
        centre = (self.share + square / (2 * self.titles)) / (1 + square / self.titles)
        spread = math.sqrt(self.share * (1 - self.share) / self.titles + square / (4 * self.titles**2))
        half = Z95 * spread / (1 + square / self.titles)
        return centre - half, centre + half

    def __str__(self) -> str:
        if not self.titles:
            return f"{self.name}: none of 0"
        low, high = self.interval()
        return f"{self.name}: {self.share:.1%} ({low:.1%}–{high:.1%}), {self.hits} of {self.titles}"


@dataclass(frozen=True, slots=True)
class Key:
    """A national code with its title, the category chosen for it, and why that is doubtful; empty where it is not."""

    national_code: str
    title: str
    iccs: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The rates of one half: without the doubtful keys, and with them."""

    name: str
    sound: dict[str, Rate]
    every: dict[str, Rate]


def doubts_of(data: bytes, file: str) -> dict[tuple[str, str, str], str]:
    """Why keys are doubtful, by national code, title and key. Raises BadInput for a table without these columns."""
    table = parse_table(decode(data, file))
    wanted = ("national_code", "title", "iccs_code", "reason")
    missing = [heading for heading in wanted if heading not in table.headings]
    if missing:
        raise BadInput(Fault(file, "1", ",".join(table.headings), f"the columns {', '.join(wanted)}"))
    return {
        (c["national_code"], c["title"].strip(), c["iccs_code"]): c["reason"] for c in (r.cells for r in table.rows)
    }


def keys_of(data: bytes, file: str, doubts: Mapping[tuple[str, str, str], str]) -> list[Key]:
    """The keys of a table in its order, each with its doubt. Raises BadInput where a column is missing."""
    table = parse_table(decode(data, file))
    column = next((heading for heading in table.headings if "title" in heading), "")
    if not column or not {"national_code", "iccs_code"} <= set(table.headings):
        expected = "the columns national_code and iccs_code, and one with “title” in its heading"
        raise BadInput(Fault(file, "1", ",".join(table.headings), expected))
    found = [(row.cells["national_code"], row.cells[column].strip(), row.cells["iccs_code"]) for row in table.rows]
    return [Key(*key, doubts.get(key, "")) for key in found]


def halves(keys: Iterable[Key]) -> tuple[list[Key], list[Key]]:
    """The tuning half and the held-out half."""
    tuning: list[Key] = []
    held_out: list[Key] = []
    for key in keys:
        digest = hashlib.sha256(key.national_code.encode()).digest()
        (tuning if digest[-1] % 2 == 0 else held_out).append(key)
    return tuning, held_out


def rates(keys: Sequence[Key], proposals: Sequence[Sequence[Proposal]]) -> dict[str, Rate]:
    """The four rates of proposals: first and among five, at the exact code and at the division."""
    found: dict[str, Rate] = {}
    for level, length in (("code", 6), ("division", 4)):
        asked = [(key, row) for key, row in zip(keys, proposals, strict=True) if length == 6 or len(key.iccs) >= length]
        for first in (1, 5):
            hits = sum(key.iccs[:length] in {proposal.code[:length] for proposal in row[:first]} for key, row in asked)
            name = f"top-{first} {level}"
            found[name] = Rate(name, hits, len(asked))
    return found


def measure(keys: Sequence[Key]) -> list[Measured]:
    """The rates on the tuning half, the held-out half, and the held-out half with the tuning half as examples."""
    tuning, held_out = halves(keys)
    examples = [(key.title, key.iccs) for key in tuning if not key.doubt]
    return [
        _measured("tuning half", tuning, []),
        _measured("held-out half", held_out, []),
        _measured("held-out half, tuning half as examples", held_out, examples),
    ]


def _measured(name: str, keys: Sequence[Key], examples: Sequence[tuple[str, str]]) -> Measured:
    proposals = propose([key.title for key in keys], examples=examples)
    sound = [(key, row) for key, row in zip(keys, proposals, strict=True) if not key.doubt]
    return Measured(name, rates([key for key, _row in sound], [row for _key, row in sound]), rates(keys, proposals))


def report(keys: Sequence[Key], doubts: Mapping[tuple[str, str, str], str]) -> Iterator[str]:
    """The lines that the command prints."""
    doubtful = [key for key in keys if key.doubt]
    yield f"{len(keys)} keys, of which {len(doubtful)} are doubtful and left out; in brackets the rates with them"
    for half in measure(keys):
        yield half.name
        yield from (
            f"  {rate}  [{half.every[name].share:.1%} of {half.every[name].titles}]"
            for name, rate in half.sound.items()
        )
    yield "doubtful keys:" if doubtful else "no doubtful keys"
    yield from (f"  {key.national_code} {key.title[:80]} → {key.iccs}: {key.doubt}" for key in doubtful)
    unmet = set(doubts) - {(key.national_code, key.title, key.iccs) for key in keys}
    yield from (f"  not in the table: {code} {title[:80]} → {iccs}" for code, title, iccs in sorted(unmet))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the rates of a table; returns the exit status: 2 for a table that cannot be measured."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    django.setup()
    description = (__doc__ or "").split("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proposing", description=description)
    parser.add_argument("table", type=Path, metavar="CSV")
    parser.add_argument(
        "--doubtful", type=Path, default=DOUBTFUL, metavar="TABLE", help="which keys to leave out, and why"
    )
    options = parser.parse_args(arguments)
    try:
        doubts = doubts_of(options.doubtful.read_bytes(), options.doubtful.name)
        keys = keys_of(options.table.read_bytes(), options.table.name, doubts)
    except (BadInput, OSError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    sys.stdout.writelines(f"{line}\n" for line in report(keys, doubts if options.doubtful != DOUBTFUL else {}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
