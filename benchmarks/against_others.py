"""Words a second, peak memory and F1 of hatif against spaCy and a CRF that were trained on the same data.

    python benchmarks/against_others.py [--words 12000] [--epochs 5] [--rounds 3] [--models DIR] [--json FILE]

Needs `pip install 'hatif[dev,benchmarks]'`. Both are trained here on `data/annotated/train.jsonl`: spaCy as
`blank("ar")` with an `ner` at its own settings (tok2vec of 96 units, dropout 0.1, batches that grow from 100 to 1,000
words), its weights those of the epoch with the best F1 on dev; the CRF as in `crf_baseline.py`. That takes most of the
time, so `--models` keeps both; delete the folder when the data have changed. All are scored by
`score_spans`. spaCy keeps its own words: gold spans that they cut (1 in 250) it can neither learn nor find. Neither has
a window, so all read whole documents of the test split, as a stream and each alone. spaCy and the CRF run on one core,
hatif on all; hatif on one thread stands beside it. Memory is that of a process which does nothing else, its model read
from the disk.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hatif.data.jsonl import read_documents
from hatif.domain import Document, HatifError, Label, Span
from hatif.evaluation.scores import score_spans
from hatif.inference.tagger import Tagger
from measuring import (
    ANNOTATED,
    Spread,
    console,
    finish,
    in_child,
    interleaved,
    machine,
    parser,
    peak_memory,
    print_table,
    run,
    words_in,
)

_DROPOUT = 0.1
_SMALLEST, _LARGEST, _GROWTH = 100.0, 1000.0, 1.001
"""Words of a batch, as spaCy's own training has them."""
_SEED = 13
Read = Callable[[Sequence[Document], bool], list[Document]]
"""Documents with the spans of one side; as a stream, or each alone."""


def _spacy() -> Any:
    try:
        import spacy
    except ImportError as error:
        raise HatifError(f"spaCy is not installed: pip install 'hatif[benchmarks]' ({error})") from error
    return spacy


def train_spacy(train: Sequence[Document], dev: Sequence[Document], epochs: int, out: Path) -> None:
    """Train spaCy's `ner` and write what did best on dev."""
    spacy = _spacy()
    from spacy.training import Example
    from spacy.training.batchers import minibatch_by_words
    from spacy.util import compounding, fix_random_seed

    fix_random_seed(_SEED)
    nlp = spacy.blank("ar")
    nlp.add_pipe("ner")
    examples = []
    for document in train:
        made = nlp.make_doc(document.text)
        spans = [made.char_span(span.start, span.end, label=span.label.value) for span in document.spans]
        reference = made.copy()
        reference.set_ents([span for span in spans if span is not None])
        examples.append(Example(made, reference))
    optimizer = nlp.initialize(lambda: examples)
    rng, sizes, best = Random(_SEED), compounding(_SMALLEST, _LARGEST, _GROWTH), -1.0
    for _ in range(epochs):
        rng.shuffle(examples)
        for batch in minibatch_by_words(examples, sizes):
            nlp.update(batch, sgd=optimizer, drop=_DROPOUT)
        f1 = score_spans(dev, read_by_spacy(nlp, dev, True)).micro.f1
        if f1 > best:
            best = f1
            nlp.to_disk(out)


def read_by_spacy(nlp: Any, documents: Sequence[Document], stream: bool) -> list[Document]:
    """The documents with spaCy's spans."""
    texts = [document.text for document in documents]
    read = nlp.pipe(texts) if stream else map(nlp, texts)
    return [document.with_spans(tuple(_spans(made))) for document, made in zip(documents, read, strict=True)]


def _spans(made: Any) -> Iterator[Span]:
    for found in made.ents:
        yield Span(found.start_char, found.end_char, Label(found.label_))


def train_crf(documents: Sequence[Document], out: Path) -> None:
    """Train the project's CRF and write it."""
    # Here and not on top: scikit-learn, which comes with it, would count in everybody's memory.
    from crf_baseline import Crf

    out.write_bytes(pickle.dumps(Crf.fit(documents)))


def _train(train: Sequence[Document], dev: Sequence[Document], epochs: int, folder: Path) -> None:
    """Train what does not lie in the folder yet, side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        begun: list[Future[None]] = []
        if not (folder / "spacy").exists():
            begun.append(pool.submit(train_spacy, train, dev, epochs, folder / "spacy"))
        if not (folder / "crf").exists():
            begun.append(pool.submit(train_crf, train, folder / "crf"))
        for training in begun:
            training.result()


def _read_by_crf(model: Any, documents: Sequence[Document], stream: bool) -> list[Document]:
    return model.tag_documents(documents) if stream else [model.tag_documents([document])[0] for document in documents]


def _read_by_hatif(tagger: Tagger, documents: Sequence[Document], stream: bool) -> list[Document]:
    # It begins without the words that it remembers of another round.
    fresh = Tagger(tagger.bundle, tagger.backend)
    return list(fresh.tag_documents(documents)) if stream else [fresh.tag_document(each) for each in documents]


def _open(side: str, folder: Path) -> Read:
    """A side with its model read from the disk."""
    match side:
        case "spaCy":
            return partial(read_by_spacy, _spacy().load(folder / "spacy"))
        case "CRF":
            return partial(_read_by_crf, pickle.loads((folder / "crf").read_bytes()))
        case "hatif, one thread":
            return partial(_read_by_hatif, Tagger.load(threads=1))
    return partial(_read_by_hatif, Tagger.load())


def _peak(side: str, folder: Path, documents: Sequence[Document]) -> float:
    _open(side, folder)(documents, True)
    return peak_memory()


def main() -> None:
    """Train, score and measure every side, print the table, write the JSON."""
    options = parser(__doc__, rounds=3)
    options.add_argument("--words", type=int, default=12_000, help="words that each side reads in a round (12000)")
    options.add_argument("--epochs", type=int, default=5, help="of spaCy's training (5)")
    options.add_argument("--models", type=Path, help="keep the trained models here, or use those that lie here")
    options.add_argument("--train-documents", type=int, help="documents to train on (all)")
    arguments = options.parse_args()
    before = machine()
    gold = {name: read_documents(ANNOTATED / f"{name}.jsonl") for name in ("dev", "test")}
    train = read_documents(ANNOTATED / "train.jsonl")[: arguments.train_documents]
    texts: list[Document] = []
    for document in gold["test"]:
        if words_in([each.text for each in texts]) < arguments.words:
            texts.append(document)
    with TemporaryDirectory() as name:
        folder = arguments.models or Path(name)
        with console().status("training spaCy and the CRF"):
            _train(train, gold["dev"], arguments.epochs, folder)
        sides = {side: _open(side, folder) for side in ("hatif", "hatif, one thread", "spaCy", "CRF")}
        scores = {
            side: {split: score_spans(documents, read(documents, True)).micro.f1 for split, documents in gold.items()}
            for side, read in sides.items()
        }
        streams = {f"{side} stream": partial(read, texts, True) for side, read in sides.items()}
        alone = {f"{side} alone": partial(read, texts, False) for side, read in sides.items()}
        seconds = interleaved({**streams, **alone}, arguments.rounds)
        memory = {side: in_child(_peak, side, folder, texts) for side in sides}
    words = words_in([document.text for document in texts])
    rates = {name: Spread.rate(words, taken) for name, taken in seconds.items()}
    rows = [
        [
            side,
            rates[f"{side} stream"].text(),
            rates[f"{side} alone"].text(),
            f"{memory[side]:,.0f}",
            *(f"{f1:.3f}" for f1 in scores[side].values()),
        ]
        for side in sides
    ]
    columns = ["side", "words/s, a stream (range)", "words/s, one at a time", "peak MiB", "F1 dev", "F1 test"]
    title = f"Trained on {len(train)} documents; {len(texts)} documents, {words:,} words a round"
    print_table(title, columns, rows)
    lines = [
        f"words/s of hatif's stream over {side}: "
        + Spread.ratio(seconds[f"{side} stream"], seconds["hatif stream"]).text(2)
        for side in list(sides)[2:]
    ]
    figures = {
        side: {
            "words_per_second": rates[f"{side} stream"].figures(),
            "words_per_second_one_at_a_time": rates[f"{side} alone"].figures(),
            "peak_mib": memory[side],
            "f1": scores[side],
        }
        for side in sides
    }
    finish(before, arguments, lines, {"words": words, "train_documents": len(train), "sides": figures})


if __name__ == "__main__":
    run(main)
