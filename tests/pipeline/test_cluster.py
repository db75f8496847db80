"""A Ray cluster of two nodes on the loopback address: the records of one machine, whatever is lost on the way."""

import importlib.util
import json
import os
import signal
import time
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from hatif import Tagger
from hatif.data.jsonl import format_documents, read_documents
from hatif.domain import Document, HatifError
from hatif.export.jsonl import jsonl
from hatif.pipeline import cluster
from hatif.pipeline.cluster import ClusterRun, Written, run_on_cluster, tagged_tables
from hatif.pipeline.predicting import read_articles

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install 'hatif[cluster]'"
    ),
]
TEXT = "أجرى الرئيس الروسي بوتين اتصالا هاتفيا مع ترامب"  # Putin had a telephone call with Trump
DOCUMENTS = [
    Document(f"d{number}", f"{TEXT} {number}. " * (1 + number % 5), Date(2017, 11, 22) if number % 2 else None)
    for number in range(60)
]


class TwoNodes:
    """A cluster of two nodes with a slot each, to which this process is connected at the first."""

    def __init__(self) -> None:
        # Ray would take another address of this machine for the loopback one, except on systems of no clusters.
        os.environ.update(
            RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER="0", RAY_USAGE_STATS_ENABLED="0", RAY_BACKEND_LOG_LEVEL="fatal"
        )
        import ray
        from ray.cluster_utils import Cluster

        self.ray = ray
        node = {"node_ip_address": "127.0.0.1", "num_cpus": 1, "object_store_memory": 80_000_000}
        self.cluster: Any = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
        self.other: Any = self.cluster.add_node(**node)
        ray.init(self.cluster.address, logging_level="ERROR", log_to_driver=False)

    def taggers(self) -> list[int]:
        """The process ids of this cluster's actors that tag: children of its nodes' raylets."""
        raylets = {info.process.pid for node in self.cluster.list_all_nodes() for info in node.all_processes["raylet"]}
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                parent = int(path.with_name("stat").read_text().rpartition(")")[2].split()[1])
                if parent in raylets and b"_TaggingActor" in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found

    def end(self) -> None:
        self.ray.shutdown()
        self.cluster.shutdown()


@pytest.fixture(scope="module")
def two_nodes() -> Iterator[TwoNodes]:
    started = TwoNodes()
    yield started
    started.end()


@pytest.fixture
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_BLOCK_BYTES", 400)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text(format_documents(DOCUMENTS), encoding="utf-8")
    return path


def alone(bundle: Path, documents: list[Document]) -> list[Any]:
    """The JSON lines of one machine."""
    readings = read_articles(documents, Tagger.load(bundle), 0.0, lambda _: None)
    return [known(json.loads(jsonl(reading.document, reading.linking.records))) for reading in readings]


def known(value: Any) -> Any:
    """A JSON value without its nulls: a column has them where a JSON line has no key."""
    if isinstance(value, dict):
        return {key: known(inner) for key, inner in value.items() if inner is not None}
    return [known(inner) for inner in value] if isinstance(value, list) else value


def told(table: Any) -> list[Any]:
    """Rows as JSON, as the README turns them to JSON lines."""
    return [known(json.loads(json.dumps(row, default=str))) for row in table.to_pylist()]


def test_the_records_are_those_of_one_machine_in_its_order(
    two_nodes: TwoNodes, bundle: Path, source: Path, tmp_path: Path
) -> None:
    from pyarrow.parquet import read_table

    run = ClusterRun((str(source),), tmp_path / "out", bundle, actors=2, batch=7)
    assert run_on_cluster(run, "auto") == Written(60, 0, None)
    assert told(read_table(run.out)) == alone(bundle, DOCUMENTS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.jsonl", "out"]


def test_what_was_written_is_read_as_json_lines_again(
    two_nodes: TwoNodes, bundle: Path, source: Path, tmp_path: Path
) -> None:
    from pyarrow.parquet import read_table

    run = ClusterRun((str(source),), tmp_path / "out", bundle, batch=30)
    run_on_cluster(run, "auto")
    lines = tmp_path / "spans.jsonl"
    rows = read_table(run.out).to_pylist()
    lines.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), encoding="utf-8")
    assert [document.text for document in read_documents(lines)] == [document.text for document in DOCUMENTS]
    assert all(document.spans for document in read_documents(lines))


def test_faulty_rows_come_out_with_their_errors(two_nodes: TwoNodes, bundle: Path, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow.parquet import read_table, write_table

    rows, lines = tmp_path / "a.parquet", tmp_path / "b.jsonl"
    columns = {"id": ["a", "b", "c"], "text": [TEXT, None, TEXT], "published": [Date(2017, 11, 22), None, None]}
    write_table(pa.table(columns), rows)
    lines.write_text(json.dumps({"id": "d", "text": TEXT}) + '\n{"id": "e", "te\n', encoding="utf-8")
    run = ClusterRun((str(tmp_path),), tmp_path / "out", bundle, published=Date(2018, 1, 1))
    written = run_on_cluster(run, "auto")
    assert (written.rows, written.faulty) == (5, 2)
    table = read_table(run.out)
    assert table["id"].to_pylist() == ["a", "b", "c", "d", None]
    assert table["published"].to_pylist() == [Date(2017, 11, 22), None, Date(2018, 1, 1), Date(2018, 1, 1), None]
    assert [spans is None for spans in table["spans"].to_pylist()] == [False, True, False, False, True]
    assert [error and error.split(": ", 1)[0] for error in table["error"].to_pylist()] == [
        None,
        f"{rows}:2",
        None,
        None,
        f"{lines}:2",
    ]
    with pytest.raises(HatifError, match=r'a\.parquet:2: .*"text" must be a string'):
        run_on_cluster(ClusterRun((str(tmp_path),), tmp_path / "strict", bundle, strict=True), "auto")
    assert not (tmp_path / "strict").exists()


def test_what_is_wrong_on_another_node_is_told_as_here(two_nodes: TwoNodes, bundle: Path, source: Path) -> None:
    run = ClusterRun((str(source),), Path("unused"), bundle)
    with pytest.raises(HatifError, match="another model than where the run was begun"):
        list(tagged_tables(run, [str(source)], {"model.onnx": "another"}))


@pytest.mark.usefixtures("small_shares")
def test_a_tagger_killed_outright_loses_nothing(two_nodes: TwoNodes, bundle: Path, source: Path) -> None:
    tables = interrupted(two_nodes, bundle, source)
    (first, *_) = killed = two_nodes.taggers()
    os.kill(first, signal.SIGKILL)
    rest = [row for table in tables for row in told(table)]
    assert first not in two_nodes.taggers()
    assert killed
    assert rest == alone(bundle, DOCUMENTS)[-len(rest) :]
    assert len(rest) > 30


@pytest.mark.usefixtures("small_shares")
def test_a_node_that_is_lost_loses_nothing(two_nodes: TwoNodes, bundle: Path, source: Path) -> None:
    """The last test: the second node is gone after it."""
    tables = interrupted(two_nodes, bundle, source)
    two_nodes.cluster.remove_node(two_nodes.other, allow_graceful=False)
    rest = [row for table in tables for row in told(table)]
    assert rest == alone(bundle, DOCUMENTS)[-len(rest) :]
    assert len(rest) > 30


def interrupted(two_nodes: TwoNodes, bundle: Path, source: Path) -> Iterator[Any]:
    """A run whose first table has come and whose two taggers are at work."""
    digests = dict(Tagger.load(bundle).bundle.digests)
    tables = tagged_tables(ClusterRun((str(source),), Path("unused"), bundle, batch=1), [str(source)], digests)
    next(tables)
    until = time.monotonic() + 60
    while len(two_nodes.taggers()) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    return tables
