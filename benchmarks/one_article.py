"""Wall time of one article, from the start of the process: `scripts/predict.py` against a script with the pipeline.

    python benchmarks/one_article.py [--article seeds/000_b436e7a5e574e3fb.txt] [--rounds 7] [--json FILE]

Needs `pip install 'hatif[train]'`. The pipeline's script opens the same weights, reads the whole article in windows
(`stride`) and prints its spans, no more; `scripts/predict.py` links the calls and prints a page too. No model hub is
asked, and every side has run once before, so that the disk's cache holds its files and its modules are compiled.
"""

import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hatif.domain import HatifError
from hatif.models.bundle import default_bundle
from measuring import ROOT, Spread, environment, finish, interleaved, machine, parser, print_table, run, target

_TARGET = 0.35
_HATIF, _PIPELINE = "scripts/predict.py", "a script with transformers.pipeline"
_SCRIPT = """
import sys
from pathlib import Path

from transformers import pipeline

model, article = sys.argv[1:]
tag = pipeline("token-classification", model=model, aggregation_strategy="first", stride=64, device="cpu")
text = Path(article).read_text(encoding="utf-8")
for span in tag(text):
    print(span["start"], span["end"], span["entity_group"], text[span["start"] : span["end"]], f"{span['score']:.2f}")
"""


def _start(command: Sequence[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout:
        raise HatifError(f"{' '.join(command[:2])}: {done.stderr.strip() or 'it printed nothing'}")


def main() -> None:
    """Measure both sides, print the table, write the JSON."""
    options = parser(__doc__, rounds=7)
    options.add_argument("--article", type=Path, default=ROOT / "seeds" / "000_b436e7a5e574e3fb.txt")
    arguments = options.parse_args()
    article = str(arguments.article.resolve())
    before = machine()
    commands = {
        _HATIF: [sys.executable, "scripts/predict.py", article],
        _PIPELINE: [sys.executable, "-c", _SCRIPT, str(default_bundle()), article],
    }
    seconds = interleaved({name: partial(_start, command) for name, command in commands.items()}, arguments.rounds)
    spreads = {name: Spread.of(taken) for name, taken in seconds.items()}
    ratio = Spread.ratio(seconds[_HATIF], seconds[_PIPELINE])
    print_table(
        f"One article, {arguments.rounds} rounds",
        ["side", "seconds (range)"],
        [[name, spread.text(2)] for name, spread in spreads.items()],
    )
    line = target("hatif's wall time over the pipeline's", ratio.median, _TARGET, at_least=False)
    figures = {"seconds": {name: spread.figures() for name, spread in spreads.items()}, "ratio": ratio.figures()}
    finish(before, arguments, [f"{line}, rounds {ratio.text(2)}"], figures)


if __name__ == "__main__":
    run(main)
