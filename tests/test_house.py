"""What holds for the whole house: no traces of machines, sources beside tables, vendored files unchanged."""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "comity"


def tracked() -> list[Path]:
    """The files of the repository, as git lists them; all text files of the tree where git is absent."""
    listing = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listing.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", "replace")


def test_no_registry_host_and_no_machine_path_stands_in_the_repository() -> None:
    traces = re.compile(
        r"https?://[^\s/\"']*(?:pypi|npmjs|artifactory|nexus|mirror)[^\s\"']*|(?<![\w.])/(?:work|farm|root)/"
    )
    found = [f"{path.relative_to(ROOT)}: {match[0]}" for path in tracked() for match in traces.finditer(text_of(path))]
    assert found == []


def test_nothing_is_left_open_in_the_code() -> None:
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    code = [path for path in tracked() if path.suffix in {".py", ".html", ".css", ".js"} and "vendor" not in path.parts]
    assert [str(path.relative_to(ROOT)) for path in code if marks.search(text_of(path))] == []


def test_each_reference_table_has_its_source_beside_it() -> None:
    tables = [
        path
        for path in PACKAGE.glob("*/tables/*")
        if path.suffix in {".csv", ".yaml"} and not path.name.endswith(".source.yaml")
    ]
    assert tables
    missing = [
        str(path) for path in tables if not path.with_name(path.name.rsplit(".", 1)[0] + ".source.yaml").exists()
    ]
    assert missing == []


def manifests() -> list[Path]:
    return sorted(PACKAGE.rglob("MANIFEST.json"))


def test_each_vendored_file_is_as_its_package_gave_it_and_names_its_licence() -> None:
    assert manifests()
    for manifest in manifests():
        for entry in json.loads(manifest.read_text(encoding="utf-8"))["files"]:
            path = manifest.parent / entry["file"]
            assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"], path
            assert entry["package"] and entry["version"] and entry["licence"], path


def test_every_font_and_map_is_in_a_manifest() -> None:
    listed = {
        manifest.parent / entry["file"]
        for manifest in manifests()
        for entry in json.loads(manifest.read_text(encoding="utf-8"))["files"]
    }
    vendored = {
        path for path in PACKAGE.rglob("*") if path.suffix in {".ttf", ".otf", ".woff2"} or "maps" in path.parts
    }
    files = {path for path in vendored if path.is_file() and path.name != "MANIFEST.json" and path.suffix != ".txt"}
    assert files - listed == set()


def test_methods_are_documented_with_their_version() -> None:
    import django

    django.setup()
    from comity.evidence.figures import methods

    text = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    missing = [
        f"{found.name}, version {found.version}"
        for found in methods().values()
        if f"`{found.name}`, version {found.version}" not in text
    ]
    assert missing == []


CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
CARRYING = next(contract for contract in CONTRACTS if contract["type"] == "computing")
"""What stores or shows, by name or place: the one list of the import rules."""


def test_only_what_stores_or_carries_knows_the_database_and_the_request() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {match[0]}"
        for path in PACKAGE.rglob("*.py")
        if path.stem not in CARRYING["carriers"] and {*path.parts}.isdisjoint(CARRYING["places"])
        for match in re.finditer(
            r"^\s*(?:from|import) django\.(?:db|http|shortcuts)", path.read_text(encoding="utf-8"), re.M
        )
    ]
    assert found == []


def test_the_clock_is_read_in_one_place() -> None:
    clocks = re.compile(r"\b(?:datetime\.now|date\.today|time\.time|timezone\.now)\(")
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if clocks.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"evidence/store.py"}


def test_hooks_before_a_commit_are_local_and_run_what_the_build_runs() -> None:
    [own] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert own["repo"] == "local"
    entries = [hook["entry"] for hook in own["hooks"]]
    assert {hook["language"] for hook in own["hooks"]} == {"system"}
    linted = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nlinted:\n")[1].split("\n\n")[0]
    run = [line.replace("$(BIN)", ".venv/bin").strip("\t@") for line in linted.splitlines()]
    assert {entry.split()[0] for entry in entries} == {line.split()[0] for line in run}
    assert len(entries) == len(run)
    missing = [entry for entry in entries if not Path(sys.executable).with_name(Path(entry.split()[0]).name).exists()]
    assert missing == []


@pytest.fixture
def workflow() -> dict[str, Any]:
    """What the public forge runs."""
    read: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    return read


def test_the_public_forge_runs_what_the_build_runs_and_may_only_read(workflow: dict[str, Any]) -> None:
    [job] = workflow["jobs"].values()
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in job
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert used
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)] == []
    assert "secrets." not in str(workflow)


def test_the_interpreters_that_are_named_are_those_that_the_public_forge_runs(workflow: dict[str, Any]) -> None:
    [job] = workflow["jobs"].values()
    versions = job["strategy"]["matrix"]["python"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == f">={versions[0]}"
    named = [name.rpartition(" ")[2] for name in project["project"]["classifiers"] if " :: Python :: " in name]
    assert named == versions
    assert project["tool"]["mypy"]["python_version"] == versions[0]
    assert project["tool"]["ruff"]["target-version"] == "py" + versions[0].replace(".", "")
    assert f"({versions[0].replace('.', ', ')})" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_each_file_that_the_documents_name_is_there() -> None:
    there = [f"/{path.relative_to(ROOT)}" for path in tracked()]
    named = re.compile(r"`((?:[\w.-]+/)+[\w-]+\.(?:py|csv|yaml|css|html|typ|json|sh|yml))`")
    missing = [
        f"{page.relative_to(ROOT)}: {name}"
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        if page.name != "CHANGELOG.md"
        for name in named.findall(page.read_text(encoding="utf-8"))
        if not any(path.endswith(f"/{name}") for path in there) and name not in OF_A_WORKSPACE
    ]
    assert missing == []


OF_A_WORKSPACE = {"anchors/key.json", "releases/CURRENT.json"}
"""Files that documents name and that an installation makes."""


def test_each_module_that_the_documents_name_is_there() -> None:
    rooms = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
    named = re.compile(rf"`(?:comity\.)?((?:{'|'.join(rooms)})(?:\.[a-z_0-9]+)+)(?:\([^`]*\))?`")
    missing = [
        f"{page.relative_to(ROOT)}: {name}"
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        if page.name != "CHANGELOG.md"
        for name in named.findall(page.read_text(encoding="utf-8"))
        if not _is_named_rightly(name.split("."))
    ]
    assert missing == []


def _is_named_rightly(parts: list[str]) -> bool:
    """Whether dotted words are a module or a folder of the house, or what one of them defines or hands on."""
    place = PACKAGE.joinpath(*parts)
    if place.is_dir() or place.with_suffix(".py").exists():
        return True
    for module in (place.parent.with_suffix(".py"), place.parent / "__init__.py"):
        if module.exists() and re.search(rf"^(?:def |class )?{parts[-1]}\b", module.read_text(encoding="utf-8"), re.M):
            return True
    return False
