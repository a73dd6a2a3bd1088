"""Runs commands of workspaces, each in a fork of a process that has loaded what it needs.

A process is begun with a socket, over which it is sent a workspace's folder and environment and the end of another
socket. It forks for the workspace; the fork takes the settings from that environment and reads from that end a line of
JSON for each command, its arguments, forks again, and writes a line of JSON: exit status, what was said on stdout and
on stderr.
"""

import asyncio  # noqa: F401 - what is loaded here is loaded once for the commands of all workspaces
import functools
import gc
import json
import os
import signal
import socket
import sys
import tempfile
import traceback
from pathlib import Path
from typing import IO, Any

import django.core.serializers.json
import django.db.models
import django.http
import django.urls  # noqa: F401
import duckdb  # noqa: F401
import yaml  # noqa: F401
from django.conf import settings
from django.db import connections
from django.utils.functional import empty
from typer.main import get_command

from comity import cli
from comity.cli.terminal.readiness import load_rooms
from comity.observations.words.days import months_in


@functools.cache
def _comity() -> Any:
    """The command with all below it, made once."""
    return get_command(cli.app)


def _command(arguments: list[str], out: IO[bytes], errors: IO[bytes]) -> int:
    """Run a command in this process, a fork; gives its exit status."""
    with open(os.devnull) as nothing:  # noqa: PTH123 - not a file
        os.dup2(nothing.fileno(), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    sys.argv = ["comity", *arguments]
    try:
        cli.main(_comity())
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


def serve(home: str, environment: dict[str, str], asked: socket.socket) -> None:
    """Answer the commands of one workspace until nobody asks any more."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(home)
    _take_settings()
    with asked.makefile("rw", encoding="utf-8") as lines:
        while line := lines.readline():
            lines.write(json.dumps(answer(json.loads(line))) + "\n")
            lines.flush()


def _take_settings() -> None:
    """Take the settings from the environment anew: what was loaded had those of no workspace."""
    del sys.modules[os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)]
    settings._wrapped = empty
    del connections["default"], connections.settings
    connections._settings = None


def begin(workspaces: socket.socket) -> None:
    """Say that all is loaded, and fork for each workspace that is sent."""
    _comity().commands["import"].make_context("import", [""])  # loads what reads arguments
    months_in("")
    load_rooms()
    gc.freeze()  # else each fork looks through all that was loaded, and so copies it
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    workspaces.send(b"+")
    while True:
        message, ends, _flags, _address = socket.recv_fds(workspaces, 1 << 20, 1)
        if not message:
            os._exit(0)  # at once: what is frozen is not taken apart, and some packages would complain of it
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            workspaces.close()
            serve(*json.loads(message), socket.socket(fileno=ends[0]))
            os._exit(0)
        os.close(ends[0])


if __name__ == "__main__":
    os.chdir(Path(__file__).parent)
    begin(socket.socket(fileno=int(sys.argv[1])))
