"""Runs commands of one workspace, each in a fork of this process, which has loaded the rooms once for them all.

Reads on stdin a line of JSON for each, its arguments; writes a line of JSON: its exit status, what it said on stdout
and on stderr.
"""

import json
import os
import sys
import tempfile
import traceback
from typing import IO

from comity import cli
from comity.cli.workspace import load_rooms


def _command(arguments: list[str], out: IO[bytes], errors: IO[bytes]) -> int:
    """Run a command in this process, a fork; gives its exit status."""
    with open(os.devnull) as nothing:  # noqa: PTH123 - not a file
        os.dup2(nothing.fileno(), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    sys.argv = ["comity", *arguments]
    try:
        cli.main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def answer(arguments: list[str]) -> tuple[int, str, str]:
    """Exit status of a command, and what it said on stdout and stderr."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            status = _command(arguments, out, errors)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _child, ended = os.waitpid(child, 0)
        for stream in (out, errors):
            stream.seek(0)
        return os.waitstatus_to_exitcode(ended), out.read().decode(), errors.read().decode()


load_rooms()
for line in sys.stdin:
    sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
    sys.stdout.flush()
