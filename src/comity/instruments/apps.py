"""The room's configuration."""

from pathlib import Path

from django.apps import AppConfig

_TABLES = Path(__file__).parent / "tables"


class InstrumentsConfig(AppConfig):
    """Treaties, their actions and their status at a date."""

    name = "comity.instruments"
    label = "instruments"

    def ready(self) -> None:
        """Make the room's files known to the import, its tables to the set-up, instruments first, and its methods."""
        from comity.charts.page_drawing import register_drawer
        from comity.evidence import figures
        from comity.evidence.importing import register_importer, register_reference_table
        from comity.instruments import panels
        from comity.instruments.figures import completeness, counts, facts, tables
        from comity.instruments.importing.actions import ActionsImporter
        from comity.instruments.importing.instruments import InstrumentsImporter
        from comity.instruments.importing.status_pages import StatusPagesImporter

        figures.register(completeness, counts, facts, tables)
        register_drawer("parties-over-time", panels.parties_over_time)
        register_importer(InstrumentsImporter())
        register_importer(ActionsImporter())
        register_importer(StatusPagesImporter())
        register_reference_table(_TABLES / "instruments.csv")
        for name in ("actions.csv", "actions_after_2014.csv", "actions_since_complete.csv"):
            register_reference_table(_TABLES / name)
