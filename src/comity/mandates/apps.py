"""The room's configuration."""

from pathlib import Path

from django.apps import AppConfig

_TABLES = Path(__file__).parent / "tables"


class MandatesConfig(AppConfig):
    """Resolutions, their paragraphs and mandates."""

    name = "comity.mandates"
    label = "mandates"

    def ready(self) -> None:
        """Make the room's files known to the import, its tables to the set-up, and its paragraphs to the figures."""
        from comity.evidence.figures import register_asker
        from comity.evidence.importing import register_guess, register_importer, register_reference_table
        from comity.mandates.importing.recognising import seems_to_be
        from comity.mandates.importing.registers import RegisterImporter
        from comity.mandates.importing.resolutions import ResolutionImporter
        from comity.mandates.importing.treaties import TreatyImporter
        from comity.mandates.store import asked_by

        for importer in (RegisterImporter(), TreatyImporter(), ResolutionImporter()):
            register_importer(importer)
        register_guess(seems_to_be)
        register_reference_table(_TABLES / "A-RES-67-189.yaml")
        register_asker(asked_by)
