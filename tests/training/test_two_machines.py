"""`configs/accelerate-two-machines.yaml`: two launchers that meet at an address, as on two machines."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import tiny
from hatif.inference.tagger import Tagger

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]


def test_two_machines_write_one_bundle(tmp_path: Path) -> None:
    chosen, out = tiny.settings(tmp_path), tmp_path / "out"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    launcher = [
        sys.executable,
        "-m",
        "accelerate.commands.launch",
        "--config_file",
        "configs/accelerate-two-machines.yaml",
    ]
    launcher += ["--num_processes", "2", "--main_process_port", str(port)]
    script = ["scripts/train.py", "--config", "configs/tiny.toml", "--out", str(out)]
    script += ["--set", f"train={chosen.train}", "--set", f"dev={chosen.dev}"]
    variables = {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    machines = [
        subprocess.Popen(
            [*launcher, "--machine_rank", rank, *script],
            cwd=PROJECT,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for rank in "01"
    ]
    try:
        (first, told), (second, other) = (machine.communicate(timeout=300) for machine in machines)
    finally:
        for machine in machines:
            machine.kill()
    assert [machine.returncode for machine in machines] == [0, 0], told + other
    assert "bundle written to" in first
    assert second == ""
    # Two epochs of twelve documents make six batches of four, which two processes share: three steps.
    assert "of 3 " in told
    assert Tagger.load(out).tag("أجرى الرئيس الروسي اتصالا").text  # the Russian president made a call
