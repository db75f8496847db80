"""`scripts/train.py` whole: settings in, a bundle out."""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer

from hatif.data.check import check_files
from hatif.data.jsonl import read_documents
from hatif.domain import Document, HatifError, Label, ProblemsError
from hatif.evaluation.calibration import fit_platt
from hatif.evaluation.scores import score_spans
from hatif.models.bundle import CARD, METRICS, SETTINGS, TOKENIZER, WORD_FORMS, write_about
from hatif.models.tokenizer import train_tokenizer
from hatif.settings import TrainSettings, as_toml
from hatif.tagging.probabilities import Calibration, log_odds
from hatif.training.card import model_card

LOGS = "run"


def train(settings: TrainSettings, out: Path, *, resume: bool = False, keep_fp32: bool = False) -> dict[str, float]:
    """Fine-tune as the settings say and write the bundle to `out`; returns dev's strict scores.

    Of several processes only the main one writes, and gets scores; the others get none.

    Checkpoints and TensorBoard logs go to `out/run`, from where `resume` goes on after a kill.

    Raises:
        HatifError: data or encoder are missing or faulty, or `out` cannot be written.
    """
    documents, dev = read_training_data(settings)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HatifError(f"{out}: cannot be written ({error.strerror or error}); give another --out") from error
    import torch
    import transformers

    from hatif.models.saving import export_onnx, save_encoder
    from hatif.models.starting import load_start, random_start
    from hatif.training.finetuning import fine_tune
    from hatif.training.word_forms import fit_word_forms

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    logging.getLogger("datasets").setLevel(logging.ERROR)
    torch.manual_seed(settings.tuning.seed)
    if settings.encoder.start:
        model, tokenizer = load_start(settings.encoder, settings.tuning.dropout)
    else:
        tokenizer = _own_tokenizer(documents, settings.encoder.vocabulary, out / LOGS, resume=resume)
        model = random_start(settings.encoder, tokenizer, settings.tuning.dropout)
    if model.config.max_position_embeddings < settings.tuning.window:
        raise HatifError(
            f"tuning.window is {settings.tuning.window} pieces, "
            f"the encoder reads {model.config.max_position_embeddings}"
        )
    word_forms = fit_word_forms(documents, settings.word_forms) if settings.word_forms.epochs else None
    model, tagged, is_main = fine_tune(
        model, tokenizer, documents, dev, settings, out / LOGS, word_forms=word_forms, resume=resume
    )
    if not is_main:
        return {}
    scores = score_spans(dev, tagged)
    metrics = {"dev_micro_f1": scores.micro.f1, "dev_macro_f1": scores.macro_f1}
    metrics |= {f"dev_{label.lower()}_f1": scores.by_label[Label(label)].f1 for label in Label}
    save_encoder(model, tokenizer, out)
    export_onnx(model, out, keep_fp32=keep_fp32)
    (out / WORD_FORMS).unlink(missing_ok=True)
    if word_forms is not None:
        (out / WORD_FORMS).write_bytes(word_forms.to_bytes())
    (out / SETTINGS).write_text(as_toml(settings), encoding="utf-8")
    (out / CARD).write_text(model_card(settings, documents, dev, tagged), encoding="utf-8")
    (out / METRICS).write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    write_about(out, settings.tuning.window, settings.tuning.overlap, calibrate(dev, tagged))
    return metrics


def _own_tokenizer(documents: Sequence[Document], vocabulary: int, run: Path, *, resume: bool) -> Tokenizer:
    """A tokenizer of the training texts.

    No two trainings number the pieces alike: a resumed run goes on with its own, several processes share one.
    """
    import torch
    from accelerate import PartialState

    path = run / TOKENIZER
    # Where there is no GPU, processes know of one another only if the CPU is asked for.
    state = PartialState(cpu=int(os.environ.get("WORLD_SIZE", "1")) > 1 and not torch.cuda.is_available())
    with state.main_process_first():
        if state.is_main_process and not (resume and path.is_file()):
            run.mkdir(exist_ok=True)
            train_tokenizer((document.text for document in documents), vocabulary).save(str(path))
    return Tokenizer.from_file(str(path))


def read_training_data(settings: TrainSettings) -> tuple[list[Document], list[Document]]:
    """Train and dev documents, checked.

    Raises:
        ProblemsError: every fault of the two files.
        HatifError: a file cannot be read or holds no document.
    """
    paths = (Path(settings.train), Path(settings.dev))
    problems = check_files(paths)
    if problems:
        raise ProblemsError(problems)
    documents, dev = (read_documents(path) for path in paths)
    for path, found in zip(paths, (documents, dev), strict=True):
        if not found:
            raise HatifError(f"{path}: no documents in it")
    return documents, dev


def calibrate(gold: Sequence[Document], tagged: Sequence[Document]) -> Calibration:
    """The sigmoid that makes raw span scores of held-out documents probabilities of being right."""
    raw: list[float] = []
    right: list[bool] = []
    for truth, guess in zip(gold, tagged, strict=True):
        known = {replace(span, score=1.0) for span in truth.spans}
        for span in guess.spans:
            raw.append(log_odds(span.score))
            right.append(span in known)
    if len(set(right)) < 2:
        return Calibration()
    return Calibration(*fit_platt(raw, right))
