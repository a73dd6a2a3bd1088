"""Files of the workspace are there whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from comity.evidence.workspace import write_whole


def test_many_may_write_the_same_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    texts = [str(number).encode() * 20_000 for number in range(10)]
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(lambda data: write_whole(path, data), texts * 5))
    assert path.read_bytes() in texts
    assert [found.name for found in path.parent.iterdir()] == ["file"]
