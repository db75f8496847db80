"""How much of the time the model itself takes, and how near it comes to the processor's peak.

    python benchmarks/model_share.py [--shape compact|arabert] [--words 12000] [--rounds 3] [--json FILE]

Needs `pip install 'hatif[train]'` (onnx). Three sides read the same texts with one thread and with all cores: all of
`hatif predict --format jsonl` from the file to the lines, without the start of the process; the Tagger alone; and the
model alone, the same windows through `OnnxBackend` with nothing beside it. hatif cuts windows and decodes spans while
the model runs, so shares need not add up to one. What hatif remembers of words and names is forgotten before a round.

The model's multiply-adds are counted from its shape: per window of n pieces and layer, n (4 d² + 2 d f) for the
matrices and 2 n² d for attention. The peak is what ONNX Runtime reaches in matrix products of 512 × 1024 × 1024 on as
many threads, as many products side by side, each on one thread as in hatif: int8 (uint8 × int8 to int32) and float32.
"""

import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from hatif.arabic.words import split_words
from hatif.data.jsonl import format_documents, read_documents
from hatif.data.sources import read_sources, sound_documents
from hatif.domain import Document
from hatif.inference.tagger import Tagger
from hatif.models.bundle import CONFIG
from hatif.pipeline.predicting import Form, read_articles
from hatif.tagging.tags import TAGS
from hatif.tagging.windows import cut_windows
from measuring import ANNOTATED, Spread, cores, finish, interleaved, machine, print_table, run, words_in
from shapes import bundle_of, shape_arguments

_ROWS, _INNER, _COLUMNS = 512, 1024, 1024
_PRODUCTS = 40
"""Matrix products a thread makes in a round."""
Windows = Sequence[NDArray[np.int64]]


def _all(tagger: Tagger, source: Path) -> int:
    """Everything between a JSON-lines file and the lines of the output; the length of these."""
    _forget()
    documents = sound_documents(read_sources([str(source)]))
    readings = read_articles(documents, Tagger(tagger.bundle, tagger.backend), 0.0, lambda words: None)
    return sum(len(Form("jsonl").part(reading)) for reading in readings)


def _tag(tagger: Tagger, documents: Sequence[Document]) -> None:
    for _ in Tagger(tagger.bundle, tagger.backend).tag_documents(documents):
        pass


def _compute(tagger: Tagger, windows: Windows) -> None:
    rest = iter(windows)
    waiting = [tagger.backend.begin(batch) for batch in iter(lambda: list(islice(rest, tagger.backend.at_once)), [])]
    for wait in waiting:
        wait()


def _forget() -> None:
    """Empty what the modules of calls remember: only words that are new cost what they cost."""
    for name, module in list(sys.modules.items()):
        if name.startswith("hatif.calls"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _windows_of(tagger: Tagger, documents: Sequence[Document]) -> Windows:
    bundle = tagger.bundle
    return [
        window.pieces
        for document in documents
        for window in cut_windows(
            tagger.encoder.encode(document.text, split_words(document.text)),
            bundle.tokenizer,
            bundle.window,
            bundle.overlap,
        )
    ]


def _multiply_adds(path: Path, windows: Windows) -> int:
    """Of all windows, by the shape of the model."""
    config = json.loads((path / CONFIG).read_text(encoding="utf-8"))
    wide, inner = config["hidden_size"], config["intermediate_size"]
    return sum(
        config["num_hidden_layers"] * (n * (4 * wide * wide + 2 * wide * inner) + 2 * n * n * wide)
        + n * wide * len(TAGS)
        for n in map(len, windows)
    )


def _product(kind: str) -> Callable[[], object]:
    """One matrix product by ONNX Runtime on one thread; the right-hand side is constant, as weights are."""
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(13)
    # Seven bits, as hatif's export has them.
    left = rng.integers(0, 255, (_ROWS, _INNER)).astype(np.uint8 if kind == "int8" else np.float32)
    right = rng.integers(-64, 64, (_INNER, _COLUMNS)).astype(np.int8 if kind == "int8" else np.float32)
    given, made = (TensorProto.UINT8, TensorProto.INT32) if kind == "int8" else (TensorProto.FLOAT, TensorProto.FLOAT)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger" if kind == "int8" else "MatMul", ["left", "right"], ["product"])],
        "product",
        [helper.make_tensor_value_info("left", given, left.shape)],
        [helper.make_tensor_value_info("product", made, [_ROWS, _COLUMNS])],
        [numpy_helper.from_array(right, "right")],
    )
    proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(proto.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return partial(session.run, None, {"left": left})


def _multiply(pool: ThreadPoolExecutor, product: Callable[[], object], threads: int) -> None:
    for done in [pool.submit(lambda: [product() for _ in range(_PRODUCTS)]) for _ in range(threads)]:
        done.result()


def main() -> None:
    """Measure with one thread and with all, print both tables, write the JSON."""
    arguments = shape_arguments(__doc__)
    before = machine()
    documents: list[Document] = []
    for document in read_documents(ANNOTATED / "test.jsonl"):
        if words_in([each.text for each in documents]) < arguments.words:
            documents.append(document)
    words = words_in([document.text for document in documents])
    products = {kind: _product(kind) for kind in ("int8", "float32")}
    sides: dict[tuple[str, int], Callable[[], object]] = {}
    with bundle_of(arguments.shape) as path, TemporaryDirectory() as folder:
        source = Path(folder) / "documents.jsonl"
        source.write_text(format_documents(documents), encoding="utf-8")
        windows = _windows_of(Tagger.load(path), documents)
        work = _multiply_adds(path, windows)
        counts = sorted({1, cores()})
        for threads in counts:
            tagger = Tagger.load(path, threads=threads)
            pool = ThreadPoolExecutor(threads)
            sides["all", threads] = partial(_all, tagger, source)
            sides["tagger", threads] = partial(_tag, tagger, documents)
            sides["model", threads] = partial(_compute, tagger, windows)
            for kind, product in products.items():
                sides[kind, threads] = partial(_multiply, pool, product, threads)
        taken = interleaved({f"{name} {threads}": side for (name, threads), side in sides.items()}, arguments.rounds)
    figures: dict[str, object] = {"words": words, "windows": len(windows), "multiply_adds": work}
    shares, speeds = [], []
    for threads in counts:
        seconds = {name: taken[f"{name} {threads}"] for name in ("all", "tagger", "model", *products)}
        rates = {name: Spread.rate(words, seconds[name]) for name in ("all", "tagger", "model")}
        of_all = Spread.ratio(seconds["model"], seconds["all"])
        of_tagger = Spread.ratio(seconds["model"], seconds["tagger"])
        model = Spread.rate(work, seconds["model"])
        size = threads * _PRODUCTS * _ROWS * _INNER * _COLUMNS
        peaks = {kind: Spread.rate(size, seconds[kind]) for kind in products}
        near = {kind: model.median / peak.median for kind, peak in peaks.items()}
        shares.append([str(threads), *(rate.text() for rate in rates.values()), of_all.text(2), of_tagger.text(2)])
        speeds.append([str(threads), *(f"{rate.median / 1e9:.1f}" for rate in (model, *peaks.values()))])
        speeds[-1] += [f"{value:.0%}" for value in near.values()]
        figures[f"{threads} threads"] = {
            "words_per_second": {name: rate.figures() for name, rate in rates.items()},
            "model_share_of_all": of_all.figures(),
            "model_share_of_tagger": of_tagger.figures(),
            "multiply_adds_per_second": {
                "model": model.figures(),
                **{kind: peak.figures() for kind, peak in peaks.items()},
            },
            "share_of_peak": near,
        }
    print_table(
        f"{arguments.shape}: words/s (range) of {words:,} words in {len(windows)} windows",
        ["threads", "all of predict", "the Tagger", "the model alone", "model's share of all", "of the Tagger"],
        shares,
    )
    print_table(
        "Thousand millions of multiply-adds a second",
        ["threads", "the model", "peak int8", "peak float32", "model of int8", "of float32"],
        speeds,
    )
    finish(before, arguments, [], figures)


if __name__ == "__main__":
    run(main)
