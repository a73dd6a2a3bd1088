"""What a command needs before it can work: the rooms loaded, and a workspace that is ready."""

import os

from comity.cli.printing import say


def load_rooms() -> None:
    """Load the rooms; done only by commands that need them, so that `--help` answers at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    import django

    django.setup()


def make_ready(*, as_it_is: bool = False) -> None:
    """Load the rooms and make the workspace ready where it is not, saying so.

    With `as_it_is` one that was ever set up is left alone: a check must not bring in what it is to find.
    """
    load_rooms()
    from comity.evidence import workspace
    from comity.site import setup

    if not (setup.is_ready() or (as_it_is and setup.was_made())):
        say(f"Setting up the workspace {workspace.home()}")
        setup.prepare(say)
