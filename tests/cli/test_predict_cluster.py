"""`hatif predict-cluster`: what is told before any cluster is asked, and the command as a process."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from commands import Ended, Hatif

ROOT = Path(__file__).parents[2]
TEXT = "أجرى الرئيس الروسي بوتين اتصالا هاتفيا مع ترامب"  # Putin had a telephone call with Trump
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install 'hatif[cluster]'"
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT}) + '\n{"id"\n', encoding="utf-8")
    return path


def assert_one_line(ended: Ended, told: str) -> None:
    assert ended.code == 2, ended.err
    assert ended.err.startswith("hatif: "), ended.err
    assert ended.err.count("\n") == 1, ended.err
    assert told in ended.err


def test_a_missing_ray_is_told(hatif: Hatif, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    ended = hatif("predict-cluster", news, "--out", tmp_path / "out")
    assert_one_line(ended, "ray is not installed; a cluster needs, on every node: pip install 'hatif[cluster]'")


def test_predicting_on_one_machine_imports_neither_ray_nor_pyarrow(bundle: Path, news: Path) -> None:
    code = (
        "import sys\nfrom hatif.cli import main\n"
        f"try:\n    main(['predict', {str(news)!r}, '--model', {str(bundle)!r}, '--format', 'csv'])\n"
        "except SystemExit:\n    print(sorted({'ray', 'pyarrow', 'torch'} & {*sys.modules}), file=sys.stderr)"
    )
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=variables, check=True)
    assert told.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["missing.jsonl", "--out", "new"], "missing.jsonl: no such file or folder"),
        (["news.jsonl", "--out", "full"], "full: this folder is not empty; name a new one"),
        (["news.jsonl", "--out", "news.jsonl"], "news.jsonl: is a file; name a folder to write"),
        (["news.jsonl", "--out", "missing/new"], "missing/new: cannot be written (No such file or directory)"),
        (["news.jsonl", "--out", "new", "--model", "full"], "bundle.json: this file of the bundle cannot be read"),
        (["news.jsonl", "--out", "new", "--model", "none"], "none: no such model directory"),
        (["news.jsonl", "--out", "new", "--device", "tpu"], "device 'tpu' is unknown"),
    ],
)
def test_what_is_wrong_here_is_told_before_any_cluster_is_asked(
    hatif: Hatif, news: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], told: str
) -> None:
    monkeypatch.chdir(news.parent)
    monkeypatch.setitem(sys.modules, "ray", None)
    (news.parent / "full").mkdir()
    (news.parent / "full" / "a").touch()
    assert_one_line(hatif("predict-cluster", *options), told)
    assert sorted(path.name for path in news.parent.iterdir()) == ["full", "news.jsonl"]


@needs_ray
def test_a_cluster_out_of_reach_is_told_at_once(
    hatif: Hatif, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as bound:  # bound, but nobody listens
        bound.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{bound.getsockname()[1]}"
        ended = hatif("predict-cluster", news, "--out", tmp_path / "out", "--address", address)
        assert_one_line(ended, f"--address {address}: no Ray cluster reached (")
    assert not (tmp_path / "out").exists()


@needs_ray
@pytest.mark.slow
def test_the_script_writes_parquet_and_keeps_its_peace(bundle: Path, news: Path, tmp_path: Path) -> None:
    from pyarrow.parquet import read_table

    out = tmp_path / "out"
    script = [sys.executable, str(ROOT / "scripts" / "predict_cluster.py"), str(news), "--out", str(out)]
    options = ["--model", str(bundle), "--address", "local", "--actors", "1"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run([*script, *options], capture_output=True, text=True, env=variables, check=False)
    assert told.returncode == 2
    assert told.stdout == f"2 rows written to {out}\n"
    assert told.stderr.startswith("hatif: 1 of 2 rows could not be read; the column error says why, first ")
    assert told.stderr.count("\n") == 1
    assert read_table(out)["id"].to_pylist() == ["a", None]
