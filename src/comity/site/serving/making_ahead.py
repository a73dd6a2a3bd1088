"""What a server makes before anyone asks for it: the files of whole releases."""

import os
import sys
import threading

from django.conf import settings
from django.utils import translation

from comity.areas.store import gazetteer
from comity.evidence.store import one_state
from comity.evidence.workspaces.acts import let_go_of_the_database
from comity.site.serving import log
from comity.statistics.exports import downloads
from comity.statistics.store import leaving_out_damaged, published


def make_ahead() -> None:
    """Make the files that readers would wait for, in this thread, behind whatever else there is to do."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)  # there a thread has a priority of its own
    try:
        with translation.override(settings.LANGUAGE_CODE), one_state(), leaving_out_damaged():
            downloads.make_ahead(published(), gazetteer())
    except Exception as error:
        log.tell_failure("ahead", error)
    finally:
        let_go_of_the_database()
