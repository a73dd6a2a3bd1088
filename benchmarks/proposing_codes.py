"""How often the mapping aid names the chosen category: `python -m benchmarks.proposing_codes CSV`.

The table maps national codes as statisticians chose. It has the columns `national_code`, one with “title” in its
heading, and `iccs_code`. It is parted once and for all by the SHA-256 of the national code: even is the half on which
the aid was tuned, odd the half held out, which nobody looked at before the aid was finished. Printed for each half: the
share of titles whose category is the first proposal, and among the first five, at the exact code and at the division
(first four digits), with Wilson's 95 % interval (Wilson 1927), and on the held-out half the same with the tuning half
given as mapped examples.
"""

import hashlib
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.classifications.proposing.propose import Proposal, propose
from comity.evidence.files.text_tables import parse_table
from comity.evidence.files.texts import decode

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of titles, with Wilson's 95 % interval."""

    name: str
    hits: int
    titles: int

    @property
    def share(self) -> float:
        """The share of titles, between 0 and 1."""
        return self.hits / self.titles

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share."""
        square = Z95 * Z95
        centre = (self.share + square / (2 * self.titles)) / (1 + square / self.titles)
        spread = math.sqrt(self.share * (1 - self.share) / self.titles + square / (4 * self.titles**2))
        half = Z95 * spread / (1 + square / self.titles)
        return centre - half, centre + half

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.name}: {self.share:.1%} ({low:.1%}–{high:.1%}), {self.hits} of {self.titles}"


def halves(data: bytes, file: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Titles with the codes chosen for them: the tuning half and the held-out half."""
    table = parse_table(decode(data, file))
    column = next(heading for heading in table.headings if "title" in heading)
    tuning: list[tuple[str, str]] = []
    held_out: list[tuple[str, str]] = []
    for row in table.rows:
        digest = hashlib.sha256(row.cells["national_code"].encode()).digest()
        half = tuning if digest[-1] % 2 == 0 else held_out
        half.append((row.cells[column], row.cells["iccs_code"]))
    return tuning, held_out


def rates(pairs: Sequence[tuple[str, str]], proposals: Sequence[Sequence[Proposal]]) -> dict[str, Rate]:
    """The four rates of proposals: first and among five, at the exact code and at the division."""
    found: dict[str, Rate] = {}
    for level, length in (("code", 6), ("division", 4)):
        for first in (1, 5):
            hits = sum(
                code[:length] in {proposal.code[:length] for proposal in row[:first]}
                for (_title, code), row in zip(pairs, proposals, strict=True)
            )
            name = f"top-{first} {level}"
            found[name] = Rate(name, hits, len(pairs))
    return found


def measure(data: bytes, file: str) -> dict[str, dict[str, Rate]]:
    """The rates on the tuning half, the held-out half, and the held-out half with the tuning half as examples."""
    tuning, held_out = halves(data, file)
    titles = [title for title, _code in held_out]
    return {
        "tuning half": rates(tuning, propose([title for title, _code in tuning])),
        "held-out half": rates(held_out, propose(titles)),
        "held-out half, tuning half as examples": rates(held_out, propose(titles, examples=tuning)),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the rates of a table; returns the exit status."""
    import django

    django.setup()
    if len(arguments) != 1:
        sys.stderr.write("Give one table: python -m benchmarks.proposing_codes CSV\n")
        return 2
    path = Path(arguments[0])
    for half, found in measure(path.read_bytes(), path.name).items():
        sys.stdout.write(f"{half}\n")
        sys.stdout.writelines(f"  {rate}\n" for rate in found.values())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
