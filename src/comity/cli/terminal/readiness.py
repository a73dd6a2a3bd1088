"""What a command needs before it can work: the rooms loaded, and a workspace that is ready."""

import os


def load_rooms() -> None:
    """Load the rooms; done only by commands that need them, so that `--help` answers at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    import django

    django.setup()


def make_ready(*, as_it_is: bool = False) -> None:
    """Load the rooms and see that the workspace was set up by this version, in the database that is connected.

    Raises WorkspaceError where not: only `comity up` sets up, and nothing is made or changed by asking. With `as_it_is`
    one that an earlier version set up is taken too: a check must not bring in what it is to find.
    """
    load_rooms()
    from comity.site import setup

    setup.require(any_version=as_it_is)


def make_releases_ready() -> None:
    """Make the workspace ready, and the file by which notebooks know the releases that of the present state.

    A machine that stopped right behind a commit left that file as it was before.
    """
    make_ready()
    from comity.statistics import store

    store.renew_current()
