"""The command as a process: what it imports, and its ends that only a process has."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT / "src")])}
TEXT = "أجرى الرئيس الروسي بوتين اتصالا هاتفيا مع ترامب"  # Putin had a telephone call with Trump


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(f"{TEXT}\n" * 1000, encoding="utf-8")
    return path


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [str(part) for part in command], capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT, **options
    )


IMPORTED = "import sys; print(*sorted({'torch', 'transformers', 'onnxruntime', 'numpy'} & {*sys.modules}))"


def test_importing_hatif_imports_nothing_heavy() -> None:
    assert run(sys.executable, "-c", f"import hatif; {IMPORTED}").stdout == "\n"


def test_predicting_imports_neither_torch_nor_transformers(bundle: Path, article: Path) -> None:
    arguments = ["predict", str(article), "--model", str(bundle), "--format", "conll"]
    code = (
        f"from hatif.cli import main\ntry:\n    main({arguments!r})\nexcept SystemExit as end:\n    assert not end.code"
    )
    told = run(sys.executable, "-c", f"{code}\n{IMPORTED}")
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1] == "numpy onnxruntime"


def test_the_package_runs_as_a_module_in_any_locale(bundle: Path, article: Path) -> None:
    command = [sys.executable, "-m", "hatif", "predict", article, "--model", bundle]
    variables = {**ENVIRONMENT, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    told = subprocess.run(command, capture_output=True, env=variables, check=True)
    assert "[الرئيس|TITLE]" in told.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(bundle: Path, article: Path) -> None:
    command = f"{sys.executable} -m hatif predict {article} --model {bundle} --format conll"
    told = run("bash", "-c", f"set -o pipefail; {command} | head -1")
    assert (told.returncode, told.stdout, told.stderr) == (0, f"# id = {article}\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", ["page", "jsonl"])
def test_a_full_disk_behind_the_output_is_one_line(bundle: Path, article: Path, form: str) -> None:
    command = [sys.executable, "-m", "hatif", "predict", article, "--model", bundle, "--format", form]
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, check=False)
    assert told.returncode == 2
    assert told.stderr == "hatif: the output cannot be written (No space left on device)\n"


def test_the_script_is_the_same_command(bundle: Path, article: Path) -> None:
    told = run(sys.executable, ROOT / "scripts" / "predict.py", article, "--model", bundle, "--format", "conll")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(f"# id = {article}\nأجرى\tO\nالرئيس\tB-TITLE\n")


def test_imports_keep_to_the_floors() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.is_file():
        pytest.skip("import-linter is not installed")
    told = run(lint, "--no-cache", cwd=ROOT)
    assert told.returncode == 0, told.stdout
    assert re.search(r"Contracts: 2 kept, 0 broken", told.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("spaces", [True, False])
def test_a_text_of_many_megabytes_is_read_whole(bundle: Path, tmp_path: Path, spaces: bool) -> None:
    """Five megabytes on one line: with words, and as one word without end."""
    article, out = tmp_path / "long.txt", tmp_path / "out.conll"
    unit = f"{TEXT} " if spaces else TEXT.replace(" ", "")
    times = 5_000_000 // len(unit.encode())
    article.write_text(unit * times, encoding="utf-8")
    told = run(sys.executable, "-m", "hatif", "predict", article, "--model", bundle, "--format", "conll", "--out", out)
    assert told.returncode == 0, told.stderr
    tags = [line.split("\t")[1] for line in out.read_text(encoding="utf-8").split("\n") if "\t" in line]
    assert tags == (
        ["O", "B-TITLE", "B-COUNTRY", "B-LEADER", "B-CALL", "I-CALL", "O", "B-LEADER"] * times if spaces else ["O"]
    )
