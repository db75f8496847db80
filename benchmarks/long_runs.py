"""Rate and peak memory of `hatif predict` over 10,000 and 100,000 documents, with 1 and 2 worker processes.

    python benchmarks/long_runs.py [--documents 10000 100000] [--workers 1] [--rounds 1] [--json FILE]
    python benchmarks/long_runs.py --documents 10000 --workers 1 2 --rounds 2 [--json FILE]

The documents are made on the fly: 40 to 60 words, whole sentences of the annotated texts drawn at random. So few
sentences would soon show every word and every name, and whatever remembers them would stop growing; real news brings
new ones for ever. `--new-words` is the share of words in whose place stand random letters (0.02: about what an Arabic
newswire still brings after some million words). Seconds count from the start of the process. Memory is the peaks of the
process and of its workers added up, with what they share counted for each. Rounds run every pair in turn.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hatif.arabic.sentences import split_sentences
from hatif.arabic.words import split_words
from hatif.data.jsonl import document_to, read_documents, to_line
from hatif.domain import Document
from measuring import ANNOTATED, Spread, finish, machine, parser, print_table, run, run_measured, target

_LEAST, _MOST = 40, 60
"""Words of a document."""
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_TARGET = 1.10
NEW_WORDS = 0.02


def write_short_documents(path: Path, count: int, new_words: float = NEW_WORDS, seed: int = 13) -> int:
    """Write so many short documents as JSON lines, the same for the same seed; the number of their words."""
    rng = Random(seed)
    sentences = [
        document.text[start:end]
        for name in ("train", "dev", "test")
        for document in read_documents(ANNOTATED / f"{name}.jsonl")
        for start, end in split_sentences(document.text)
    ]
    words = 0
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            text = _with_new_words(_short(sentences, rng), new_words, rng)
            out.write(to_line(document_to(Document(f"long-{number:07}", text))))
            words += len(split_words(text))
    return words


def _short(sentences: Sequence[str], rng: Random) -> str:
    """Sentences drawn at random, a line each, until there are enough words; what is too much is cut off."""
    text = rng.choice(sentences)
    while len(words := split_words(text)) < _LEAST:
        text = f"{text}\n{rng.choice(sentences)}"
    return text[: words[min(len(words), _MOST) - 1].end]


def _with_new_words(text: str, share: float, rng: Random) -> str:
    """The text with random letters in place of some of its words."""

    def parts() -> Iterator[str]:
        end = 0
        for word in split_words(text):
            yield text[end : word.start]
            new = rng.random() < share and text[word.start].isalpha()
            yield "".join(rng.choices(_LETTERS, k=rng.randint(4, 8))) if new else text[word.start : word.end]
            end = word.end

    return "".join(parts())


def main() -> None:
    """Run every number of documents with every number of workers, print the table, write the JSON."""
    options = parser(__doc__, rounds=1)
    options.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--workers", type=int, nargs="+", default=[1])
    options.add_argument("--new-words", type=float, default=NEW_WORDS, help=f"share of new words ({NEW_WORDS})")
    arguments = options.parse_args()
    before = machine()
    pairs = list(product(sorted(arguments.documents), arguments.workers))
    runs: dict[tuple[int, int], list[tuple[float, float]]] = {pair: [] for pair in pairs}
    with TemporaryDirectory() as name:
        folder = Path(name)
        words = {
            count: write_short_documents(folder / f"{count}.jsonl", count, arguments.new_words)
            for count in arguments.documents
        }
        for round_number in range(arguments.rounds):
            for count, workers in pairs if round_number % 2 == 0 else pairs[::-1]:
                command = [sys.executable, "-m", "hatif", "predict", "--format", "jsonl", "--workers", str(workers)]
                measured = run_measured([*command, "--out", str(folder / "out"), str(folder / f"{count}.jsonl")])
                runs[count, workers].append(measured)
    rates = {pair: Spread.rate(words[pair[0]], [taken for taken, _ in done]) for pair, done in runs.items()}
    peaks = {pair: Spread.of([peak for _, peak in done]) for pair, done in runs.items()}
    rows = [
        [
            f"{count:,} documents, {workers} workers",
            f"{words[count]:,}",
            f"{Spread.of([taken for taken, _ in runs[count, workers]]).median:,.1f}",
            f"{rates[count, workers].median * count / words[count]:,.0f}",
            rates[count, workers].text(),
            peaks[count, workers].text(),
        ]
        for count, workers in pairs
    ]
    columns = ["run", "words", "seconds", "documents/s", "words/s (range)", "peak MiB (range)"]
    print_table(f"hatif predict --format jsonl, {arguments.new_words:.0%} new words", columns, rows)
    few, many = min(arguments.documents), max(arguments.documents)
    lines: list[str] = []
    if many > few:
        lines += [
            target(
                f"peak memory of {many:,} documents over that of {few:,}, workers {workers}",
                peaks[many, workers].median / peaks[few, workers].median,
                _TARGET,
                at_least=False,
            )
            for workers in arguments.workers
        ]
    first, *others = arguments.workers
    lines += [
        f"{count:,} documents: words/s of {workers} workers over {first}: "
        + Spread.ratio([t for t, _ in runs[count, first]], [t for t, _ in runs[count, workers]]).text(2)
        for count in sorted(arguments.documents)
        for workers in others
    ]
    figures = {
        f"{count} documents, {workers} workers": {
            "documents": count,
            "workers": workers,
            "words": words[count],
            "seconds": [taken for taken, _ in runs[count, workers]],
            "words_per_second": rates[count, workers].figures(),
            "peak_mib": peaks[count, workers].figures(),
        }
        for count, workers in pairs
    }
    finish(before, arguments, lines, figures)


if __name__ == "__main__":
    run(main)
