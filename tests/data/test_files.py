"""Output files are whole or not there."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hatif.data.files import write_whole
from hatif.domain import HatifError


def breaking(error: Exception) -> Iterator[str]:
    yield "قطر " * 100_000  # Qatar: more than a buffer holds
    raise error


def test_all_parts_are_written_as_utf_8_with_their_line_ends(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("before", encoding="utf-8")
    write_whole(out, iter(["قطر\r\n", "مصر\n"]))
    assert out.read_bytes() == "قطر\r\nمصر\n".encode()
    assert out.stat().st_mode & 0o777 == 0o666 & ~_umask()
    assert list(tmp_path.iterdir()) == [out]


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    write_whole(tmp_path / ("a" * 255), ["قطر"])
    assert [path.name for path in tmp_path.iterdir()] == ["a" * 255]


@pytest.mark.parametrize("error", [HatifError("faulty"), ValueError("our bug"), KeyboardInterrupt()])
def test_a_break_leaves_what_was_there_and_nothing_else(tmp_path: Path, error: Exception) -> None:
    out = tmp_path / "out.txt"
    with pytest.raises(type(error)):
        write_whole(out, breaking(error))
    assert list(tmp_path.iterdir()) == []
    out.write_text("before", encoding="utf-8")
    with pytest.raises(type(error)):
        write_whole(out, breaking(error))
    assert out.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_lone_surrogate_is_written_as_an_escape(tmp_path: Path) -> None:
    write_whole(tmp_path / "out.txt", ["قطر\ud800"])
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "قطر\\ud800"


def test_a_path_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("before", encoding="utf-8")
    for name, told in [
        (".", "is a folder"),
        ("missing/out.txt", "cannot be written .No such file or directory"),
        ("file/out.txt", "cannot be written .Not a directory"),
        ("a" * 256, "cannot be written .File name too long"),
    ]:
        with pytest.raises(HatifError, match=told):
            write_whole(tmp_path / name, ["text"])
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(HatifError, match=r"/dev/full: cannot be written \(No space left"):
        write_whole(Path("/dev/full"), ["text"])


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, ["قطر"])
        assert os.read(reader, 100) == "قطر".encode()
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_link_stays_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    for text in ("first", "second"):
        write_whole(link, [text])
        assert target.read_text(encoding="utf-8") == text
        assert link.is_symlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
