"""How a treaty’s text comes in, article by article."""

from collections.abc import Iterator

from comity.evidence import registers
from comity.evidence.files.texts import decode
from comity.evidence.importing import Plan
from comity.evidence.models import Origin
from comity.evidence.store import Source, now
from comity.mandates.formats.treaty_text import read_treaty
from comity.mandates.importing.plans import apply_steps, subjects_of
from comity.mandates.importing.recognising import is_treaty
from comity.mandates.models import ArticleRecord
from comity.mandates.store import read_articles_back


class TreatyImporter:
    """A treaty's text, article by article."""

    kind = "treaty text"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the text has a known treaty's title for a heading, and headings of articles."""
        return is_treaty(data)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Compare the articles with those that stand."""
        treaty = read_treaty(decode(data, source.file), source.file)
        known_from = source.published or now().date()
        entries = [
            registers.Entry(
                {
                    "instrument": treaty.instrument,
                    "article": article.number,
                    "language": article.language,
                    "title": article.title,
                    "text": article.text,
                },
                str(article.line),
                known_from,
                f"{treaty.instrument}, article {article.number} ({article.language})",
            )
            for article in treaty.articles
        ]
        languages = {article.language for article in treaty.articles}
        standing = ArticleRecord.objects.standing().filter(instrument=treaty.instrument, language__in=languages)
        difference = registers.compare(ArticleRecord, ("instrument", "article", "language"), entries, standing)
        plan = Plan(source.file, self.kind, rows=len(entries), unchanged=difference.unchanged, steps=[difference])
        plan.adds = [entry.label for entry in difference.adds]
        plan.changes = [entry.label for _record, entry in difference.changes]
        plan.removed = [str(record) for record in difference.removed]
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Store the articles."""
        apply_steps(plan, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read what was stored as pages do."""
        return read_articles_back(subjects_of(plan, "instrument"))
