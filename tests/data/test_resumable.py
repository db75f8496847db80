"""Output of long runs: whole or not there, and after a kill the same to the last byte."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatif.data import resumable
from hatif.data.resumable import write_resumable
from hatif.domain import BrokenRunError, HatifError

PARTS = ["id,text\n", "قطر\n", "", "مصر\r\n", "\ud800\n", "لبنان"]  # Qatar, Egypt, Lebanon
WHOLE = "id,text\nقطر\nمصر\r\n\\ud800\nلبنان".encode()


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(autouse=True)
def log_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resumable, "_SECONDS", -1.0)


def parts_until(kill: int | None, asked: list[int]) -> object:
    def parts_after(done: int) -> Iterator[str]:
        asked.append(done)
        for number, part in enumerate(PARTS[done:], done):
            if number == kill:
                raise Killed
            yield part

    return parts_after


def run(out: Path, kill: int | None = None, *, begun: str = "a run", resume: bool = True) -> int:
    """Write the parts, or be killed before part `kill`; the number of parts that were kept from before."""
    asked: list[int] = []
    with suppress(Killed):
        write_resumable(out, parts_until(kill, asked), begun, resume=resume)  # type: ignore[arg-type]
    return asked[0]


def test_all_parts_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(out, resume=False) == 0
    assert out.read_bytes() == WHOLE
    assert list(tmp_path.iterdir()) == [out]
    assert out.stat().st_mode & 0o044


@pytest.mark.parametrize("kill", range(len(PARTS)))
def test_a_killed_run_goes_on_to_the_same_bytes(tmp_path: Path, kill: int) -> None:
    out = tmp_path / "out"
    out.write_text("before", encoding="utf-8")
    assert run(out, kill) == 0
    assert out.read_text(encoding="utf-8") == "before"
    assert run(out) == kill
    assert out.read_bytes() == WHOLE
    assert list(tmp_path.iterdir()) == [out]


@settings(deadline=None, max_examples=60)
@given(
    kills=st.lists(st.integers(0, len(PARTS)), max_size=4), cuts=st.lists(st.integers(0, 60), min_size=4, max_size=4)
)
def test_whatever_a_kill_tears_off_is_made_again(
    tmp_path_factory: pytest.TempPathFactory, kills: list[int], cuts: list[int]
) -> None:
    """A process may end between any two bytes of the parts or of the log."""
    resumable._SECONDS = -1.0
    folder = tmp_path_factory.mktemp("run")
    out = folder / "out"
    for kill, cut in zip(kills, cuts, strict=False):
        run(out, kill)
        for file in folder.glob(".hatif-*"):
            size = file.stat().st_size
            if file.suffix == ".log":
                # The first line is whole before the first part is made.
                os.truncate(file, max(len("a run\n"), size - cut % 9))
            else:
                with file.open("ab") as torn:
                    torn.write(b"x" * (cut % 7))
    run(out)
    assert out.read_bytes() == WHOLE
    assert list(folder.iterdir()) == [out]


def test_a_run_begun_otherwise_is_not_gone_on_with(tmp_path: Path) -> None:
    run(tmp_path / "out", 3)
    with pytest.raises(HatifError, match="begun with other input or options"):
        run(tmp_path / "out", begun="another run")
    assert run(tmp_path / "out") == 3


def test_without_resume_a_run_begins_anew(tmp_path: Path) -> None:
    run(tmp_path / "out", 3)
    assert run(tmp_path / "out", begun="another run", resume=False) == 0
    assert (tmp_path / "out").read_bytes() == WHOLE
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("error", [HatifError("faulty"), ValueError("our bug")])
def test_an_error_leaves_what_was_there_and_nothing_else(tmp_path: Path, error: Exception) -> None:
    out = tmp_path / "out"
    out.write_text("before", encoding="utf-8")

    def parts_after(done: int) -> Iterator[str]:
        yield "part"
        raise error

    with pytest.raises(type(error)):
        write_resumable(out, parts_after, "a run", resume=False)
    assert out.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_broken_run_is_gone_on_with(tmp_path: Path) -> None:
    def parts_after(done: int) -> Iterator[str]:
        yield from PARTS[done:3]
        raise BrokenRunError("a worker process ended")

    with pytest.raises(BrokenRunError):
        write_resumable(tmp_path / "out", parts_after, "a run", resume=False)
    assert run(tmp_path / "out") == 3
    assert (tmp_path / "out").read_bytes() == WHOLE


def test_a_path_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    for name, told in [(".", "is a folder"), ("missing/out", "cannot be written .No such file or directory")]:
        with pytest.raises(HatifError, match=told):
            write_resumable(tmp_path / name, lambda done: ["text"], "a run", resume=False)
    assert list(tmp_path.iterdir()) == []


def test_a_name_may_be_as_long_as_the_system_allows_and_links_stay(tmp_path: Path) -> None:
    long, link = tmp_path / ("a" * 255), tmp_path / "link"
    link.symlink_to(long)
    run(link, 2)
    assert run(link) == 2
    assert link.is_symlink()
    assert long.read_bytes() == WHOLE
