"""Rows of Parquet or JSON lines through Taggers on a Ray cluster to a folder of Parquet files.

One task reads the rows, in order and on the node that the run was begun on; actors all over the cluster tag them; that
node writes what comes back, in the order of the input. One reader and one writer keep up with hundreds of Taggers, and
nothing but the model need be visible to the other nodes. What a lost actor or node had in hand is tagged again.
"""

import logging
import os
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hatif.data.files import output_error
from hatif.data.rows import FaultyRow, Row, list_row_files, read_rows
from hatif.domain import Document, HatifError
from hatif.export.arrow import arrow_row, arrow_table
from hatif.inference.tagger import Tagger
from hatif.models.bundle import default_bundle, open_bundle
from hatif.pipeline.predicting import read_articles

if TYPE_CHECKING:
    import pyarrow

_BLOCK_BYTES = 256_000
"""Of text that a task tags: seconds of work, which is what the loss of an actor costs."""
_GROUP_BYTES, _FILE_BYTES = 32_000_000, 512_000_000
"""Of a row group and of a file of the output, before Parquet packs them."""
_REACHED_SECONDS = 10.0
_ROW_COLUMNS = ("id", "text", "published", "error")


@dataclass(frozen=True, slots=True)
class ClusterRun:
    """What is to be done: `actors` is how many Taggers, one a free core or GPU unless told; `batch` is in rows."""

    sources: tuple[str, ...]
    out: Path
    model: Path | None = None
    device: str = "auto"
    actors: int | None = None
    batch: int = 64
    min_score: float = 0.0
    published: Date | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, how many of them are faulty, and what the first of those says."""

    rows: int
    faulty: int
    error: str | None


def run_on_cluster(run: ClusterRun, address: str) -> Written:
    """Connect to the cluster at `address`, do the run, and leave the cluster as it was: `run.out` whole, or as it was.

    `address` is `auto` (what RAY_ADDRESS names or this machine runs), `local` (a cluster of this machine, for this run
    only) or `HOST:PORT`.

    Raises:
        HatifError: Ray is not installed, the cluster cannot be reached, an input, the model or the output is at fault,
            or, in a strict run, a row is.
    """
    files, digests = _checked(run)  # what is wrong here is told before any cluster is asked
    with _connected(address), _folder(run.out) as folder:
        return _write(tagged_tables(run, files, digests), folder, strict=run.strict)


def _checked(run: ClusterRun) -> tuple[list[str], dict[str, str]]:
    """The files to read and the digests of the model's weights."""
    files = list_row_files(run.sources)
    if run.device not in {"auto", "cpu", "cuda"}:
        raise HatifError(f"device {run.device!r} is unknown; use auto, cpu or cuda")
    try:
        if run.out.exists() and not run.out.is_dir():
            raise HatifError(f"{run.out}: is a file; name a folder to write")
        if run.out.is_dir() and any(run.out.iterdir()):
            raise HatifError(f"{run.out}: this folder is not empty; name a new one")
        with _folder_beside(run.out):
            pass
    except OSError as error:
        raise output_error(run.out, error) from error
    return files, dict(open_bundle(run.model or default_bundle()).digests)


def tagged_tables(run: ClusterRun, files: list[str], digests: Mapping[str, str]) -> Iterator["pyarrow.Table"]:
    """The rows of the files, tagged, in their order; the cluster works ahead of what is taken."""
    import ray

    gpus = 1 if run.device == "cuda" else 0
    actors = run.actors or int(ray.cluster_resources().get("GPU" if gpus else "CPU", 0))
    if not actors or actors * gpus > ray.cluster_resources().get("GPU", 0):
        raise HatifError(f"the cluster has too few {'GPUs' if gpus else 'CPUs'} for --device {run.device}")
    _quiet_data(ray)
    here = {"ray.io/node-id": ray.get_runtime_context().get_node_id()}
    rows = ray.data.from_items([0], override_num_blocks=1).map_batches(
        _read,
        fn_args=(files, run.published, run.batch),
        batch_size=None,
        num_cpus=0,
        label_selector=here,
    )
    # Ray Data restarts lost actors, and repeats what they had in hand, without limit: max_restarts and max_task_retries
    # are -1 unless told.
    tagged = rows.map_batches(
        _TaggingActor,
        fn_constructor_args=(run.model, run.device, dict(digests), run.min_score),
        batch_size=run.batch,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=actors, max_tasks_in_flight_per_actor=2),
        num_cpus=1,
        num_gpus=gpus,
    )
    with _told_plainly(ray):
        yield from tagged.iter_batches(batch_size=None, batch_format="pyarrow")


def _read(_: object, files: list[str], published: Date | None, batch: int) -> Iterator["pyarrow.Table"]:
    """The one task that reads: tables of `batch` rows or fewer. Run again, it reads the same."""
    share: list[Mapping[str, Any]] = []
    size = 0
    for row in read_rows(files, published):
        share.append(_cells(row))
        size += len(share[-1]["text"] or "")
        if len(share) == batch or size >= _BLOCK_BYTES:
            yield _row_table(share)
            share, size = [], 0
    if share:
        yield _row_table(share)


def _cells(row: Row) -> dict[str, Any]:
    if isinstance(row, FaultyRow):
        return {"id": _sound(row.id), "text": _sound(row.text), "published": None, "error": _sound(str(row.problem))}
    return {"id": _sound(row.id), "text": _sound(row.text), "published": row.published, "error": None}


def _sound(text: str | None) -> str | None:
    """Text as Arrow can hold it: a lone surrogate becomes one U+FFFD, so that no offset moves."""
    return text and "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


def _row_table(rows: list[Mapping[str, Any]]) -> "pyarrow.Table":
    return arrow_table(rows).select(list(_ROW_COLUMNS))


class _TaggingActor:
    """A Tagger in a process of its own, on some node.

    It is loaded with the first rows: what is wrong with it is then an error that Ray hands on as it is.
    """

    def __init__(self, model: Path | None, device: str, digests: Mapping[str, str], min_score: float) -> None:
        self.model = model
        self.device = device
        self.digests = digests
        self.min_score = min_score

    @cached_property
    def tagger(self) -> Tagger:
        """The Tagger of this process."""
        node = socket.gethostname()
        try:
            tagger = Tagger.load(self.model, self.device, threads=1)
        except HatifError as error:
            raise HatifError(f"on node {node}: {error}") from error
        if dict(tagger.bundle.digests) != self.digests:
            raise HatifError(
                f"on node {node}: {tagger.bundle.path}: another model than where the run was begun; copy the same "
                "bundle to every node"
            )
        return tagger

    def __call__(self, table: "pyarrow.Table") -> "pyarrow.Table":
        return arrow_table(list(self._rows(table.to_pylist())))

    def _rows(self, rows: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
        documents = [Document(row["id"], row["text"], row["published"]) for row in rows if row["error"] is None]
        readings = read_articles(documents, self.tagger, self.min_score, lambda _: None)
        for row in rows:
            if row["error"] is None:
                reading = next(readings)
                yield arrow_row(reading.document, reading.linking.records)
            else:
                yield row


def _folder_beside(out: Path) -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(dir=Path(os.path.realpath(out)).parent, prefix=".hatif-")


@contextmanager
def _folder(out: Path) -> Iterator[Path]:
    """A hidden folder that becomes `out` once all of it is written."""
    try:
        with _folder_beside(out) as temporary:
            folder = Path(temporary, "out")
            folder.mkdir()
            yield folder
            folder.replace(os.path.realpath(out))
    except OSError as error:
        raise output_error(out, error) from error


def _write(tables: Iterable["pyarrow.Table"], folder: Path, *, strict: bool) -> Written:
    """Write tables as row groups and files of a good size to read.

    Raises:
        HatifError: at the first faulty row of a strict run.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    rows = faulty = size = number = 0
    first: str | None = None
    writer: ParquetWriter | None = None
    try:
        for group in _groups(tables):
            errors = group["error"].drop_null()
            if len(errors):
                first = first or errors[0].as_py()
                if strict:
                    raise HatifError(first or "")
            rows, faulty = rows + len(group), faulty + len(errors)
            if writer is None or size > _FILE_BYTES:
                if writer is not None:
                    writer.close()
                writer = ParquetWriter(folder / f"part-{number:05}.parquet", group.schema, compression="zstd")
                number, size = number + 1, 0
            writer.write_table(group)
            size += group.nbytes
        if writer is None:
            empty = arrow_table([])
            writer = ParquetWriter(folder / "part-00000.parquet", empty.schema, compression="zstd")
            writer.write_table(empty)
    except pa.ArrowException as error:
        raise HatifError(f"{folder}: cannot be written ({error})") from error
    finally:
        if writer is not None:
            writer.close()
    return Written(rows, faulty, first)


def _groups(tables: Iterable["pyarrow.Table"]) -> Iterator["pyarrow.Table"]:
    import pyarrow as pa

    waiting: list[pyarrow.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(part.nbytes for part in waiting) >= _GROUP_BYTES:
            yield pa.concat_tables(waiting)
            waiting = []
    if sum(map(len, waiting)):
        yield pa.concat_tables(waiting)


@contextmanager
def _connected(address: str) -> Iterator[None]:
    """Connected to the cluster, quietly, and with nothing sent to Ray's makers."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # or Ray warns of a change to come
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # its core tells of every restart, on the terminal
    try:
        import ray
        import ray.data
    except ModuleNotFoundError as error:
        raise HatifError(
            f"{error.name} is not installed; a cluster needs, on every node: pip install 'hatif[cluster]'"
        ) from error
    started = not ray.is_initialized()
    if started:
        _start(ray, address)
    try:
        yield
    finally:
        if started:
            ray.shutdown()


def _start(ray: Any, address: str) -> None:
    options: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    if address == "local":
        options |= {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    else:
        _check_reached(address)
    try:
        with _no_standard_error():
            ray.init(address, **options)
    except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
        raise _unreached(address, str(error).partition("\n")[0]) from error


@contextmanager
def _no_standard_error() -> Iterator[None]:
    """Ray's core greets on file descriptor 2 itself, whatever its settings; what is wrong it raises."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _check_reached(address: str) -> None:
    """Knock at the door: of a cluster that is not there Ray itself would tell only after minutes of logging."""
    from ray._private.services import canonicalize_bootstrap_address

    try:
        found = canonicalize_bootstrap_address(address)
        if found is None:
            raise _unreached(address, "none is running on this machine, and RAY_ADDRESS names none")
        parts = urlsplit(f"//{found}")
        socket.create_connection((parts.hostname or "", parts.port or 6379), timeout=_REACHED_SECONDS).close()
    except (OSError, ValueError, ConnectionError) as error:
        raise _unreached(address, str(error).partition("\n")[0]) from error


def _unreached(address: str, why: str) -> HatifError:
    return HatifError(
        f"--address {address}: no Ray cluster reached ({why}); start one with ray start --head, or give --address local"
    )


def _quiet_data(ray: Any) -> None:
    context = ray.data.DataContext.get_current()
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.raise_original_map_exception = True
    context.target_max_block_size = _BLOCK_BYTES
    context.execution_options.preserve_order = True


@contextmanager
def _told_plainly(ray: Any) -> Iterator[None]:
    """An error of ours that was raised on some node comes out of Ray as it was."""
    try:
        yield
    except ray.exceptions.RayError as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, HatifError):
                raise HatifError(str(cause.args[0])) from error
            cause = getattr(cause, "cause", None) or cause.__cause__
        raise
