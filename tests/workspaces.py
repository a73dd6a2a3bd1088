"""Workspaces for tests: one is made ready for the whole run, and those who need one get a copy of it.

The process that began the run starts `making.py` as soon as the first tests are collected that need a workspace, and
stops it when all have run. Its workers share the run's folder: they wait for what is made in it, however long that
takes, until the maker has ended.
"""

import atexit
import contextlib
import functools
import json
import os
import pickle
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import pytest

BEGAN_HERE = not {"PYTEST_XDIST_WORKER", "COMITY_TESTS_MAKER"} & set(os.environ)
"""Whether this process began the run; its workers and its maker find the run's folder in their environment."""
RUN = Path(tempfile.mkdtemp(prefix="comity_tests_") if BEGAN_HERE else os.environ["COMITY_TESTS"])
os.environ["COMITY_TESTS"] = str(RUN)
READY, MADE, TABLES, SITE, SERVED, LOG, ENDED = (
    RUN / name for name in ("ready", "ready-made", "tables", "site", "site-served", "log", "maker-ended")
)
DATABASE = os.environ.get("DATABASE_URL", "")
COMITY = Path(sys.executable).with_name("comity")
PATIENCE = 1800
"""Seconds after which what never answers is given up: a net for what hangs, far beyond what a busy machine takes."""


SETTING_UP = """
import sys
from comity.cli import main
from comity.cli.terminal.readiness import load_rooms
load_rooms()
from comity.site.setup import prepare
main(lambda: prepare(print, adopt="adopt" in sys.argv))
"""


def address_of(database: str) -> str:
    """The address of a database on the server that `DATABASE_URL` names."""
    return urlsplit(DATABASE)._replace(path=f"/{database}").geturl()


def on_server(statement: str) -> list[Any]:
    """What the database server answers to a statement that is made outside of any database of the run."""
    import psycopg

    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        answer = connection.execute(statement)  # type: ignore[call-overload]
        return answer.fetchall() if answer.description else []


@dataclass(frozen=True)
class Workspace:
    """A workspace in a folder, and the commands that run in it; a traceback is never an answer of theirs."""

    home: Path
    environment: dict[str, str]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command as a process of its own, in a session of its own."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        within = {"env": self.environment, "cwd": self.home, "start_new_session": True}
        return subprocess.Popen([COMITY, *arguments], **within, **pipes)  # type: ignore[call-overload,no-any-return]

    def run(self, *arguments: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the command as a process of its own and hold it to its exit status."""
        child = self.start(*arguments)
        said, errors = child.communicate(timeout=PATIENCE)
        return _held_to(expect, subprocess.CompletedProcess(arguments, child.returncode, said, errors))

    def ask(self, *arguments: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the command in a fork of a process that has loaded it, which spares its start."""
        self._loaded.write(json.dumps(arguments) + "\n")
        self._loaded.flush()
        line = self._loaded.readline()
        assert line, f"the process that runs the commands of {self.home} has ended"
        status, said, errors = json.loads(line)
        return _held_to(expect, subprocess.CompletedProcess(arguments, status, said, errors))

    def start_set_up(self, *adopt: str) -> subprocess.Popen[str]:
        """Start what `comity up` begins with; the report, which takes longer, is not built."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        within = {"env": self.environment, "cwd": self.home}
        return subprocess.Popen([sys.executable, "-c", SETTING_UP, *adopt], **within, **pipes)  # type: ignore[call-overload,no-any-return]

    def set_up(self, *adopt: str) -> str:
        """Set the workspace up; gives what was said where that was refused."""
        child = self.start_set_up(*adopt)
        _said, errors = child.communicate(timeout=PATIENCE)
        assert "Traceback" not in errors
        assert child.returncode == (1 if errors else 0)
        return errors

    @functools.cached_property
    def _loaded(self) -> IO[str]:
        ours, theirs = socket.socketpair()
        message = json.dumps([str(self.home), self.environment]).encode()
        socket.send_fds(_commanding_process(), [message], [theirs.fileno()])
        theirs.close()
        with ours:
            return ours.makefile("rw", encoding="utf-8")

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the workspace's database; values stand in the query as `%s`."""
        if address := self.environment.get("DATABASE_URL"):
            import psycopg

            with psycopg.connect(address) as connection:
                return connection.execute(query, values).fetchall()  # type: ignore[arg-type]
        with contextlib.closing(sqlite3.connect(self.home / "comity.sqlite3")) as connection:
            return connection.execute(query.replace("%s", "?"), values).fetchall()

    def wait_until_left(self) -> None:
        """Wait until the database server knows that whoever was connected to the workspace's database is gone."""
        if address := self.environment.get("DATABASE_URL"):
            name = urlsplit(address).path.strip("/")
            clients = f"SELECT 1 FROM pg_stat_activity WHERE datname = '{name}' AND backend_type = 'client backend'"  # noqa: S608
            while on_server(clients):
                time.sleep(0.05)

    def end(self) -> None:
        """End the process that runs commands, where one was asked."""
        if "_loaded" in self.__dict__:
            self._loaded.close()


_TOLD: list[str] = []


def _commanding_process() -> socket.socket:
    """The process for commands. Where it does not come up one test fails, beside what it said, and the others skip."""
    if (found := _commanding()) is None:
        tell = pytest.skip if _TOLD else pytest.fail
        _TOLD.append("the process that runs the commands of workspaces did not come up")
        tell(_TOLD[0])
    return found


@functools.cache
def _commanding() -> socket.socket | None:
    """A process for those that run the commands of workspaces, which ends with this one; None where it ended before."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    script = [sys.executable, "-W", "ignore::DeprecationWarning", str(Path(__file__).with_name("commanding.py"))]
    subprocess.Popen([*script, str(theirs.fileno())], pass_fds=[theirs.fileno()])
    theirs.close()
    return ours if ours.recv(1) else None


def _held_to(expect: int, done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done


def nowhere(home: Path) -> Workspace:
    """A folder in which no workspace is, and no database beside it.

    A clock that the run was given is theirs too, and the code that it tests.
    """
    of_the_run = ("LD_PRELOAD", "PYTHONPATH", "FAKETIME")
    given = {name: value for name, value in os.environ.items() if name.startswith(of_the_run)}
    own = {"COMITY_HOME": str(home), "PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    return Workspace(home, {**given, **own})


def empty(home: Path) -> Workspace:
    """A workspace that nothing was set up in, with an empty database of its own where a server is in use."""
    return _workspace(home, template="template1")


def copy(home: Path) -> Workspace:
    """A copy of the ready workspace in a folder, its database among it."""
    shutil.copytree(READY, home, dirs_exist_ok=True)
    return _workspace(home, template=_name("ready"))


def _workspace(home: Path, template: str) -> Workspace:
    alone = nowhere(home)
    if not DATABASE:
        return alone
    name = _name(secrets.token_hex(8))
    on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    return Workspace(home, {**alone.environment, "DATABASE_URL": address_of(name)})


def _name(what: str) -> str:
    return f"{RUN.name}_{what}"


def keep_tables() -> None:
    """Keep every record of the ready workspace for those who need its tables in the database of their tests."""
    from django.apps import apps

    records = {model._meta.label: list(model._base_manager.values()) for model in apps.get_models()}
    TABLES.write_bytes(pickle.dumps(records))


def load_tables() -> None:
    """Bring the tables that ship into the database of the tests, as they stand in the ready workspace."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    for name in ("origins", "releases", "keys", "anchors"):
        shutil.copytree(READY / name, Path(os.environ["COMITY_HOME"]) / name, dirs_exist_ok=True)
    kept = pickle.loads(TABLES.read_bytes())  # noqa: S301 - this run wrote it
    models = [apps.get_model(label) for label in kept]
    for model in models:
        model._base_manager.bulk_create([model(**record) for record in kept[model._meta.label]])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def unguard(table: str) -> None:
    """Take the guards of a table away, as someone with the rights to the database can."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds, however long that takes; raises TimeoutError where a run would hang."""
    given_up = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() >= given_up:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(0.02)


def wait_for(what: str) -> None:
    """Wait for the `workspace`, or for the site to be `served`, that the run's maker makes.

    Once the maker has ended without, the first test to wait fails with its log, and all others skip.
    """

    def is_there() -> bool:
        there = _is_there(what)
        if not there and ENDED.exists():
            stop_for_want()
        return there

    wait_until(is_there, f"the {what} that the tests share")


def _is_there(what: str) -> bool:
    if what == "workspace":
        return MADE.exists()
    return SERVED.exists() and not ENDED.exists() and _answers(SERVED.read_text(encoding="utf-8"))


def _answers(port: str) -> bool:
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", int(port)), timeout=PATIENCE).close()
        return True
    return False


def stop_for_want() -> None:
    """Fail with the log of the maker that has ended; where another test of the run has failed so, skip."""
    try:
        (RUN / "told").open("x").close()
    except FileExistsError:
        pytest.skip("the workspace or site that the tests share did not come up; one test failed with its log")
    pytest.fail(f"the maker of workspace and site ended with {ENDED.read_text()}:\n{LOG.read_text()}", pytrace=False)


def want(what: str) -> None:
    """Say that a test that is to run needs the `workspace` or the site `served`."""
    (RUN / f"{what}-wanted").touch()


def wanted(what: str) -> bool:
    """Whether a test that is to run needs the `workspace` or the site `served`."""
    return (RUN / f"{what}-wanted").exists()


class Maker:
    """The process that makes what a run shares, as the process sees it that began the run."""

    def __init__(self) -> None:
        own = {"COMITY_TESTS_MAKER": "1", "COMITY_HOME": str(READY), "DJANGO_SETTINGS_MODULE": "comity.site.settings"}
        environment = {**os.environ, **own}
        if DATABASE:
            on_server(f"CREATE DATABASE {_name('ready')}")
            environment["DATABASE_URL"] = address_of(_name("ready"))
        script = [sys.executable, str(Path(__file__).with_name("making.py"))]
        with LOG.open("wb") as log:
            self._process = subprocess.Popen(script, env=environment, stdout=log, stderr=log, start_new_session=True)
        self._watch = threading.Thread(target=self._wait, daemon=True)
        self._watch.start()
        atexit.register(self.stop)
        signal.signal(signal.SIGTERM, lambda *_received: sys.exit(128 + signal.SIGTERM))

    def _wait(self) -> None:
        status = self._process.wait()
        ENDED.write_text(str(status), encoding="utf-8")

    def stop(self) -> None:
        """Stop whatever the process does; nothing that it made is needed any more."""
        if self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._watch.join()


def clear() -> None:
    """Remove the run's folder and databases."""
    if DATABASE:
        for (name,) in on_server(f"SELECT datname FROM pg_database WHERE starts_with(datname, '{_name('')}')"):  # noqa: S608
            on_server(f"DROP DATABASE {name} WITH (FORCE)")
    shutil.rmtree(RUN, ignore_errors=True)
