"""`scripts/train.py` as a person and a launcher run it: in processes of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tiny
from hatif.inference.tagger import Tagger
from hatif.models.bundle import METRICS, WEIGHTS

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]


def command(folder: Path, out: Path, *launcher: str, epochs: int = 3, more: tuple[str, ...] = ()) -> list[str]:
    chosen = tiny.settings(folder)
    told = [*(launcher or (sys.executable,)), "scripts/train.py", "--config", "configs/tiny.toml", "--out", str(out)]
    overrides = [f"train={chosen.train}", f"dev={chosen.dev}", f"tuning.epochs={epochs}", "tuning.patience=999"]
    for override in (*overrides, "tuning.average=0.1"):
        told += ["--set", override]
    return [*told, *more]


def surroundings() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}


def run(told: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        told, cwd=PROJECT, env=surroundings(), capture_output=True, text=True, timeout=200, check=False
    )


@pytest.mark.parametrize(
    "launcher",
    [
        ("-m", "accelerate.commands.launch", "--cpu", "--num_processes", "2"),
        ("-m", "torch.distributed.run", "--nproc_per_node", "2"),
    ],
    ids=["accelerate", "torchrun"],
)
def test_launchers_write_one_bundle(tmp_path: Path, launcher: tuple[str, ...]) -> None:
    out = tmp_path / "out"
    ended = run(command(tmp_path, out, sys.executable, *launcher))
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("bundle written to") == 1
    assert ended.stdout.count("dev_micro_f1") == 1
    assert Tagger.load(out).tag("أجرى الرئيس الروسي اتصالا").text  # the Russian president made a call
    assert ended.stderr.count("dev F1") == len({line for line in ended.stderr.splitlines() if "dev F1" in line})
    assert "Traceback" not in ended.stderr


def test_a_run_killed_outright_is_resumed(tmp_path: Path) -> None:
    told = command(tmp_path, tmp_path / "out", epochs=30)
    running = subprocess.Popen(told, cwd=PROJECT, env=surroundings(), stderr=subprocess.DEVNULL)
    checkpoints = tmp_path / "out" / "run"
    until = time.monotonic() + 60
    while not list(checkpoints.glob("checkpoint-*/trainer_state.json")) and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    assert not (tmp_path / "out" / WEIGHTS).exists()
    pieces = (checkpoints / "tokenizer.json").read_bytes()
    ended = run([*told, "--resume"])
    assert ended.returncode == 0, ended.stderr
    # The same as one run in one go with the same pieces.
    whole = tmp_path / "whole"
    (whole / "run").mkdir(parents=True)
    (whole / "run" / "tokenizer.json").write_bytes(pieces)
    assert run(command(tmp_path, whole, epochs=30, more=("--resume",))).returncode == 0
    for name in (WEIGHTS, METRICS):
        assert (whole / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
