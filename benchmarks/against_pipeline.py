"""Words a second and peak memory of hatif against `transformers.pipeline`, on the same weights.

    python benchmarks/against_pipeline.py [--shape compact|arabert] [--words 12000] [--rounds 3] [--json FILE]

Needs `pip install 'hatif[train]'`. `--shape arabert` makes a bundle of random weights, 12 layers, 768 wide, with a
vocabulary of 64,000. The pipeline is `pipeline("token-classification", aggregation_strategy="first")` with the float32
weights and all cores, each text alone and in batches of 4 to 32; hatif runs its int8 export, each text alone and as a
stream. Both find spans; call records, which the pipeline has none of, are left out.

A text longer than the window is cut between words, before anything is measured, into texts that fit it, so that the
pipeline truncates nothing, reads nothing twice, and both read the very same words. Both get them as they stand in the
test split; the pipeline, which pads a batch to its longest text, gets them once more in order of length, which spares
it most padding but takes having all texts at hand. hatif remembers the pieces of words: it begins every round without.
Memory is that of a process which does nothing else; the pipeline's with each text alone and at its best batch size. The
agreement is the F1 of the one's spans against the other's; random weights, all in doubt, tell nothing by it.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from hatif.arabic.words import split_words
from hatif.data.jsonl import read_documents
from hatif.domain import Document, HatifError
from hatif.inference.tagger import Tagger
from hatif.models.bundle import Bundle
from hatif.tagging.windows import WordEncoder, cut_windows
from measuring import (
    ANNOTATED,
    Spread,
    finish,
    in_child,
    interleaved,
    machine,
    peak_memory,
    print_table,
    run,
    target,
    words_in,
)
from shapes import bundle_of, shape_arguments

_TARGETS = {"compact": 6.0, "arabert": 3.5}
_STREAM, _ALONE = "hatif, a stream", "hatif, one at a time"
_SINGLE = "pipeline, one at a time"
_BATCHED = {f"pipeline, batch {batch}": batch for batch in (4, 8, 16, 32)}
_BATCHES = {_SINGLE: 1, **_BATCHED}
_SORTED = {f"{name}, sorted": batch for name, batch in _BATCHED.items()}
_SPARE = 16
"""Pieces of the window left free: the pipeline cuts a few rare words into more pieces than hatif."""


def fitting_texts(bundle: Bundle, documents: Sequence[Document], words: int) -> list[str]:
    """About so many words of the documents as texts that fit the window."""
    texts: list[str] = []
    for document in documents:
        if words_in(texts) >= words:
            break
        texts += _cut(bundle, document.text)
    return texts


def _cut(bundle: Bundle, text: str) -> Iterator[str]:
    words = split_words(text)
    pieces = WordEncoder(bundle.tokenizer).encode(text, words)
    for window in cut_windows(pieces, bundle.tokenizer, bundle.window - _SPARE, 0):
        yield text[words[window.core_start].start : words[window.core_end - 1].end]


def open_pipeline(bundle: Path) -> Any:
    """The pipeline on a bundle's float32 weights."""
    import torch
    from transformers import pipeline
    from transformers.utils import logging

    logging.disable_progress_bar()
    return pipeline(
        "token-classification", model=str(bundle), aggregation_strategy="first", dtype=torch.float32, device="cpu"
    )


def _by_pipeline(pipe: Any, texts: Sequence[str], batch: int) -> list[Any]:
    return [pipe(text) for text in texts] if batch == 1 else list(pipe(list(texts), batch_size=batch))


def _by_hatif(tagger: Tagger, texts: Sequence[str], *, stream: bool) -> list[Document]:
    fresh = Tagger(tagger.bundle, tagger.backend)
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return list(fresh.tag_documents(documents)) if stream else [fresh.tag_document(each) for each in documents]


def _pipeline_peak(bundle: Path, texts: Sequence[str], batch: int) -> float:
    _by_pipeline(open_pipeline(bundle), texts, batch)
    return peak_memory()


def _hatif_peak(bundle: Path, texts: Sequence[str], stream: bool) -> float:
    _by_hatif(Tagger.load(bundle), texts, stream=stream)
    return peak_memory()


def _agreement(tagged: Sequence[Document], found: Sequence[Any]) -> float:
    """F1 of hatif's spans against the pipeline's."""
    ours = {(number, s.start, s.end, s.label.value) for number, each in enumerate(tagged) for s in each.spans}
    theirs = {(number, e["start"], e["end"], e["entity_group"]) for number, each in enumerate(found) for e in each}
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def main() -> None:
    """Measure every side, print the table, write the JSON."""
    arguments = shape_arguments(__doc__)
    before = machine()
    with bundle_of(arguments.shape) as path:
        tagger = Tagger.load(path)
        documents = read_documents(ANNOTATED / "test.jsonl")
        texts = fitting_texts(tagger.bundle, documents, arguments.words)
        pipe = open_pipeline(path)
        longest = max(len(ids) for ids in pipe.tokenizer(texts)["input_ids"])
        if longest > pipe.tokenizer.model_max_length:
            raise HatifError(f"the pipeline would truncate a text of {longest} pieces; leave more of the window free")
        sides: dict[str, Callable[[], object]] = {
            _STREAM: partial(_by_hatif, tagger, texts, stream=True),
            _ALONE: partial(_by_hatif, tagger, texts, stream=False),
            **{name: partial(_by_pipeline, pipe, texts, batch) for name, batch in _BATCHES.items()},
            **{
                name: partial(_by_pipeline, pipe, sorted(texts, key=len, reverse=True), batch)
                for name, batch in _SORTED.items()
            },
        }
        seconds = interleaved(sides, arguments.rounds)
        best, best_sorted = (min(names, key=lambda name: median(seconds[name])) for names in (_BATCHES, _SORTED))
        memory = {name: in_child(_hatif_peak, path, texts, name == _STREAM) for name in (_STREAM, _ALONE)}
        memory |= {name: in_child(_pipeline_peak, path, texts, _BATCHES[name]) for name in (_SINGLE, best)}
        agreement = _agreement(_by_hatif(tagger, texts, stream=True), _by_pipeline(pipe, texts, 1))
    words = words_in(texts)
    rates = {name: Spread.rate(words, taken) for name, taken in seconds.items()}
    batched, past_sorted = (Spread.ratio(seconds[name], seconds[_STREAM]) for name in (best, best_sorted))
    single = Spread.ratio(seconds[_SINGLE], seconds[_ALONE])
    rows = [[name, rates[name].text(), f"{memory[name]:,.0f}" if name in memory else ""] for name in sides]
    print_table(
        f"{arguments.shape}: {len(texts)} texts, {words:,} words", ["side", "words/s (range)", "peak MiB"], rows
    )
    lines = [
        target(f"hatif's stream over the {best}, words/s", batched.median, _TARGETS[arguments.shape], at_least=True)
        + f", rounds {batched.text(2)}",
        f"hatif's stream over the {best_sorted} by length, words/s {past_sorted.text(2)}",
        f"one text at a time: hatif over the pipeline, words/s {single.text(2)}",
        f"peak memory, hatif's stream over the {best}: {memory[_STREAM] / memory[best]:.2f}",
    ]
    if arguments.shape == "compact":
        lines.append(f"agreement of the spans (F1): {agreement:.3f}")
    figures = {
        "texts": len(texts),
        "words": words,
        "sides": {name: {"words_per_second": rates[name].figures(), "peak_mib": memory.get(name)} for name in sides},
        "best": best,
        "speedup": batched.figures(),
        "best_sorted": best_sorted,
        "speedup_over_sorted": past_sorted.figures(),
        "speedup_one_at_a_time": single.figures(),
        "agreement_f1": agreement,
    }
    finish(before, arguments, lines, figures)


if __name__ == "__main__":
    run(main)
