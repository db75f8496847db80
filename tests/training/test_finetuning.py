"""Fine-tuning learns, repeats itself to the last bit, and goes on after a kill as if nothing had been."""

import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import TrainerState

import tiny
from hatif.domain import HatifError
from hatif.evaluation.scores import score_spans
from hatif.inference.tagger import Tagger
from hatif.models.bundle import BUNDLE, METRICS, ONNX_FP32, ONNX_INT8, SETTINGS, TOKENIZER, WEIGHTS
from hatif.models.starting import load_start
from hatif.settings import TrainSettings, load_settings
from hatif.tagging.windows import WordEncoder
from hatif.training import checkpoints, run
from hatif.training.finetuning import AveragedWeights, evaluation_set, example, fine_tune, parameter_groups, prepare
from hatif.training.progress import TrainingProgress

FAST = ("tuning.rate=3e-3", "tuning.head_rate=3e-3")


@pytest.fixture
def settings(tmp_path: Path, encoder: Path) -> Callable[..., TrainSettings]:
    """`settings("tuning.epochs=3")`: the tiny settings, started from the tiny encoder."""
    return lambda *overrides: tiny.settings(tmp_path, f"encoder.start='{encoder}'", *FAST, *overrides)


def same_bundle(left: Path, right: Path) -> bool:
    """Whether two bundles agree in weights, exports, scores and calibration to the last byte."""
    return all(
        (left / name).read_bytes() == (right / name).read_bytes()
        for name in (WEIGHTS, ONNX_INT8, TOKENIZER, METRICS, BUNDLE)
    )


def state_of(out: Path) -> TrainerState:
    newest = checkpoints.latest_checkpoint(out / run.LOGS)
    assert newest is not None
    return TrainerState.load_from_json(str(newest / "trainer_state.json"))


LONGER = ("tuning.epochs=3", "tuning.patience=9")
AVERAGED = "tuning.average=0.2"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Callable[..., Path]:
    """`whole("tuning.epochs=3")`: the output of a run with these settings that nothing disturbed; made once."""

    @cache
    def trained(*overrides: str) -> Path:
        folder = tmp_path_factory.mktemp("whole")
        run.train(tiny.settings(folder, f"encoder.start='{encoder}'", *FAST, *overrides), folder / "out")
        return folder / "out"

    return trained


class Killed(Exception):  # noqa: N818  it is no error
    """Stands for the end of the process."""


@pytest.fixture
def kill(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """`kill("on_save", 2)`: the second time that the trainer comes to this event, the run ends; once."""

    def arm(event: str, times: int) -> None:
        calls = [0]

        def strike(self: TrainingProgress, *args: object, **kwargs: object) -> None:
            calls[0] += 1
            if calls[0] == times:
                raise Killed

        monkeypatch.setattr(TrainingProgress, event, strike)

    return arm


@pytest.mark.slow
def test_a_dozen_articles_are_learnt_by_heart(settings: Callable[..., TrainSettings], tmp_path: Path) -> None:
    chosen = settings("tuning.epochs=80", "tuning.average=0.02", "tuning.patience=80", "tuning.rate=6e-3")
    documents = tiny.documents(tiny.TRAIN)
    torch.manual_seed(1)
    model, tokenizer = load_start(chosen.encoder, 0.0)
    _, tagged, is_main = fine_tune(
        model, tokenizer, documents, documents, chosen, tmp_path / "run", word_forms=None, resume=False
    )
    assert is_main
    assert score_spans(documents, tagged).micro.f1 > 0.9
    losses = [entry["loss"] for entry in _log(tmp_path / "run") if "loss" in entry]
    assert losses[-1] < losses[0] / 3


def _log(folder: Path) -> list[dict[str, float]]:
    newest = checkpoints.latest_checkpoint(folder)
    assert newest is not None
    return TrainerState.load_from_json(str(newest / "trainer_state.json")).log_history


def test_the_bundle_is_whole_and_tags(settings: Callable[..., TrainSettings], tmp_path: Path) -> None:
    out = tmp_path / "out"
    chosen = settings("tuning.average=0.1")
    metrics = run.train(chosen, out, keep_fp32=True)
    assert json.loads((out / METRICS).read_text()) == metrics
    assert load_settings(TrainSettings, out / SETTINGS) == chosen
    assert (out / ONNX_FP32).is_file()
    assert list((out / run.LOGS).rglob("events.out.tfevents.*"))
    document = tiny.documents(tiny.DEV)[0]
    assert Tagger.load(out).tag(document.text).text == document.text


def test_same_seed_same_bundle(
    settings: Callable[..., TrainSettings], whole: Callable[..., Path], tmp_path: Path
) -> None:
    run.train(settings(*LONGER, AVERAGED), tmp_path / "again")
    assert same_bundle(whole(*LONGER, AVERAGED), tmp_path / "again")
    assert not same_bundle(whole(*LONGER, AVERAGED, "tuning.seed=14"), tmp_path / "again")


@pytest.fixture
def killed(
    settings: Callable[..., TrainSettings],
    tmp_path: Path,
    kill: Callable[[str, int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Path]:
    """`killed("on_save", 1, "tuning.epochs=3")`: the output of a run that ended there."""

    def trained(event: str, times: int, *overrides: str) -> Path:
        kill(event, times)
        with pytest.raises(Killed):
            run.train(settings(*overrides), tmp_path / "killed")
        monkeypatch.undo()
        assert not (tmp_path / "killed" / BUNDLE).exists()
        return tmp_path / "killed"

    return trained


@pytest.mark.parametrize(
    ("event", "times", "average"),
    [
        ("on_save", 1, AVERAGED),
        ("on_step_end", 5, AVERAGED),  # between two checkpoints
        ("on_predict", 1, AVERAGED),  # trained, and not yet written
        ("on_save", 2, "tuning.average=0.0"),
        *(
            pytest.param(*case, marks=pytest.mark.slow)
            for case in (
                ("on_step_end", 1, AVERAGED),  # before any checkpoint
                ("on_save", 2, AVERAGED),
                ("on_train_end", 1, AVERAGED),
                ("on_save", 1, "tuning.average=0.0"),
                ("on_step_end", 5, "tuning.average=0.0"),
                ("on_predict", 1, "tuning.average=0.0"),
            )
        ),
    ],
)
def test_a_killed_run_goes_on_to_the_same_result(
    settings: Callable[..., TrainSettings],
    whole: Callable[..., Path],
    killed: Callable[..., Path],
    event: str,
    times: int,
    average: str,
) -> None:
    undisturbed, out = whole(*LONGER, average), killed(event, times, *LONGER, average)
    run.train(settings(*LONGER, average), out, resume=True)
    assert same_bundle(undisturbed, out)
    assert scores_of(undisturbed) == scores_of(out)
    # The best weights may be older than the kill: the last ones must agree too.
    newest = [checkpoints.latest_checkpoint(path / run.LOGS) for path in (undisturbed, out)]
    for name in (WEIGHTS, "average.pt") if average == AVERAGED else (WEIGHTS,):
        first, second = (_weights(path / name) for path in newest if path is not None)
        assert all(torch.equal(first[key], second[key]) for key in first)


def _weights(path: Path) -> dict[str, torch.Tensor]:
    return load_file(path) if path.name == WEIGHTS else torch.load(path, weights_only=True)["average"]


def scores_of(out: Path) -> list[float]:
    """Dev's F1 at every evaluation."""
    return [entry["eval_f1"] for entry in state_of(out).log_history if "eval_f1" in entry]


@pytest.mark.slow
def test_accumulated_gradients_resume_too(
    settings: Callable[..., TrainSettings], whole: Callable[..., Path], killed: Callable[..., Path]
) -> None:
    overrides = ("tuning.epochs=4", "tuning.batch=2", "tuning.accumulation=2", AVERAGED)
    out = killed("on_save", 1, *overrides)
    run.train(settings(*overrides), out, resume=True)
    assert same_bundle(whole(*overrides), out)


def test_a_checkpoint_that_a_kill_left_half_written_is_passed_over(
    settings: Callable[..., TrainSettings], whole: Callable[..., Path], killed: Callable[..., Path]
) -> None:
    out = killed("on_save", 2, *LONGER, AVERAGED)
    newest = checkpoints.latest_checkpoint(out / run.LOGS)
    assert newest is not None
    state = newest / "trainer_state.json"
    state.write_text(state.read_text()[:100])
    older = checkpoints.latest_checkpoint(out / run.LOGS)
    assert older is not None
    assert older != newest
    run.train(settings(*LONGER, AVERAGED), out, resume=True)
    assert same_bundle(whole(*LONGER, AVERAGED), out)


def test_a_run_that_moved_house_goes_on(
    settings: Callable[..., TrainSettings], whole: Callable[..., Path], killed: Callable[..., Path], tmp_path: Path
) -> None:
    out = killed("on_save", 2, *LONGER, AVERAGED).rename(tmp_path / "there")
    run.train(settings(*LONGER, AVERAGED), out, resume=True)
    assert same_bundle(whole(*LONGER, AVERAGED), out)


def test_own_pieces_survive_a_kill(
    tmp_path: Path, kill: Callable[[str, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `encoder.start` empty the tokenizer is the run's own, and two trainings of it number pieces differently."""
    chosen = tiny.settings(tmp_path)
    kill("on_save", 1)
    with pytest.raises(Killed):
        run.train(chosen, tmp_path / "out")
    monkeypatch.undo()
    own = (tmp_path / "out" / run.LOGS / TOKENIZER).read_bytes()
    run.train(chosen, tmp_path / "out", resume=True)
    assert (tmp_path / "out" / TOKENIZER).read_bytes() == own


def test_resume_without_a_checkpoint_begins(
    settings: Callable[..., TrainSettings], whole: Callable[..., Path], tmp_path: Path
) -> None:
    run.train(settings(*LONGER, AVERAGED), tmp_path / "resumed", resume=True)
    assert same_bundle(whole(*LONGER, AVERAGED), tmp_path / "resumed")


def test_resume_with_other_settings_is_refused(settings: Callable[..., TrainSettings], tmp_path: Path) -> None:
    run.train(settings(), tmp_path / "out")
    with pytest.raises(HatifError, match="begun with other settings") as error:
        run.train(settings("tuning.epochs=3"), tmp_path / "out", resume=True)
    assert str(tmp_path / "out") in str(error.value)


def test_checkpoints_of_an_earlier_run_are_not_taken_for_this_one(
    settings: Callable[..., TrainSettings], whole: Callable[..., Path], tmp_path: Path
) -> None:
    run.train(settings("tuning.epochs=5", "tuning.patience=9"), tmp_path / "used")
    run.train(settings(*LONGER, AVERAGED), tmp_path / "used")
    assert same_bundle(whole(*LONGER, AVERAGED), tmp_path / "used")
    assert state_of(tmp_path / "used").global_step == state_of(whole(*LONGER, AVERAGED)).global_step


def test_a_run_begun_anew_forgets_the_one_before(
    settings: Callable[..., TrainSettings], tmp_path: Path, kill: Callable[[str, int], None]
) -> None:
    run.train(settings("tuning.epochs=1"), tmp_path / "out")
    assert checkpoints.latest_checkpoint(tmp_path / "out" / run.LOGS) is not None
    kill("on_step_end", 1)
    with pytest.raises(Killed):
        run.train(settings("tuning.epochs=1"), tmp_path / "out")
    assert checkpoints.latest_checkpoint(tmp_path / "out" / run.LOGS) is None


def test_training_stops_when_dev_stops_rising(
    settings: Callable[..., TrainSettings], whole: Callable[..., Path], killed: Callable[..., Path]
) -> None:
    overrides = ("tuning.epochs=30", "tuning.patience=2", "tuning.rate=1e-9", "tuning.head_rate=1e-9")
    undisturbed = whole(*overrides)
    scores = scores_of(undisturbed)
    assert len(scores) - 1 - scores.index(max(scores)) == 2
    assert state_of(undisturbed).global_step < state_of(undisturbed).max_steps
    # Patience is no longer for a run killed on the way, nor does training begin again once it is over.
    out = killed("on_save", len(scores) - 1, *overrides)
    for _ in range(2):
        run.train(settings(*overrides), out, resume=True)
        assert state_of(out).global_step == state_of(undisturbed).global_step
        assert same_bundle(undisturbed, out)


def test_the_average_of_the_best_checkpoint_is_what_is_kept(
    whole: Callable[..., Path],
) -> None:
    out = whole(*LONGER, AVERAGED)
    metrics = json.loads((out / METRICS).read_text())
    state = state_of(out)
    best = checkpoints.best_checkpoint(out / run.LOGS)
    assert best is not None
    assert best.name == f"checkpoint-{state.best_global_step}"
    assert metrics["dev_micro_f1"] == state.best_metric == max(e.get("eval_f1", 0) for e in state.log_history)
    average = torch.load(best / "average.pt", weights_only=True)["average"]
    kept, raw = load_file(out / WEIGHTS), load_file(best / WEIGHTS)
    assert set(average) == set(kept)
    for name, value in kept.items():
        torch.testing.assert_close(value, average[name].half(), rtol=0, atol=0)
    assert any(not torch.equal(raw[name], average[name]) for name in average)


def test_the_average_is_scored_and_the_weights_are_trained_on(
    settings: Callable[..., TrainSettings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: dict[int, torch.Tensor] = {}
    scored: dict[int, torch.Tensor] = {}

    def look(seen: dict[int, torch.Tensor]) -> Callable[..., None]:
        def keep(
            _: object, arguments: object, state: TrainerState, *__: object, model: nn.Module, **___: object
        ) -> None:
            seen.setdefault(state.global_step, model.get_parameter("classifier.weight").detach().clone())

        return keep

    monkeypatch.setattr(TrainingProgress, "on_step_end", look(trained))
    monkeypatch.setattr(TrainingProgress, "on_prediction_step", look(scored))
    run.train(settings(AVERAGED), tmp_path / "out")
    kept = list((tmp_path / "out" / run.LOGS).glob("checkpoint-*"))
    assert len(kept) == 2
    for path in kept:
        step = int(path.name.removeprefix("checkpoint-"))
        assert torch.equal(scored[step], _weights(path / "average.pt")["classifier.weight"])
        assert torch.equal(trained[step], _weights(path / WEIGHTS)["classifier.weight"])
        assert not torch.equal(scored[step], trained[step])


def test_without_an_average_the_best_weights_are_kept(whole: Callable[..., Path]) -> None:
    out = whole(*LONGER, "tuning.average=0.0")
    best = checkpoints.best_checkpoint(out / run.LOGS)
    assert best is not None
    for name, value in load_file(best / WEIGHTS).items():
        assert torch.equal(load_file(out / WEIGHTS)[name], value.half())


class Tied(nn.Module):
    """Two layers that share one matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(3, 3), nn.Linear(3, 3)
        self.second.weight = self.first.weight


def test_exchange_swaps_and_swaps_back() -> None:
    model, averaged = Tied(), AveragedWeights(0.5)
    for step in range(4):
        with torch.no_grad():
            model.first.weight.fill_(step)
        averaged.on_step_end(None, None, None, model=model)  # type: ignore[arg-type]
    matrix = model.first.weight
    average = averaged.average["first.weight"].clone()
    assert 0 < float(average[0, 0]) < 3
    averaged.exchange(model)
    assert model.first.weight is matrix  # the optimizer goes on holding it
    assert torch.equal(matrix, average)
    averaged.exchange(model)
    assert torch.equal(matrix, torch.full((3, 3), 3.0))
    assert torch.equal(averaged.average["first.weight"], average)


def test_average_starts_with_the_first_weights_and_forgets_them_soon() -> None:
    model, averaged = nn.Linear(1, 1, bias=False), AveragedWeights(0.999)
    for value in [0.0, *[1.0] * 60]:
        with torch.no_grad():
            model.weight.fill_(value)
        averaged.on_step_end(None, None, None, model=model)  # type: ignore[arg-type]
    assert float(averaged.average["weight"]) > 0.99


def test_training_reads_its_two_files_and_no_other_data(
    settings: Callable[..., TrainSettings], tmp_path: Path, encoder: Path
) -> None:
    opened: set[str] = set()
    listening = [True]

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if listening[0] and event == "open" and isinstance(arguments[0], str):
            opened.add(arguments[0])

    chosen = settings()
    sys.addaudithook(hear)
    try:
        run.train(chosen, tmp_path / "out")
    finally:
        listening[0] = False
    data = {path for path in opened if path.endswith((".jsonl", ".txt", ".xz"))}
    assert data == {chosen.train, chosen.dev}
    assert not any("annotated" in path or "seeds" in path for path in opened)


def test_rows_ask_for_the_first_pieces_of_own_words(settings: Callable[..., TrainSettings]) -> None:
    chosen = settings()
    _, tokenizer = load_start(chosen.encoder, 0.0)
    text = "\n".join(marked.partition("\n")[2] for marked in tiny.TRAIN.split("=== ") if marked.strip())
    (document,) = tiny.documents(f"=== long\n{text}")
    prepared = prepare(document, WordEncoder(tokenizer), chosen.tuning)
    assert len(prepared.windows) >= 3
    asked = []
    for window in prepared.windows:
        row = example(prepared, window)
        assert len(row["input_ids"]) == len(row["attention_mask"]) == len(row["labels"]) <= chosen.tuning.window
        asked += [label for label in row["labels"] if label != -100]
    assert asked == list(prepared.tags)
    assert len(evaluation_set([prepared])) == len(prepared.windows)


def test_layers_below_move_slower(settings: Callable[..., TrainSettings]) -> None:
    chosen = settings("tuning.layer_decay=0.5", "tuning.rate=1.0", "tuning.head_rate=7.0")
    model, _ = load_start(chosen.encoder, 0.0)
    groups = parameter_groups(model, chosen.tuning)
    rate_of = {id(parameter): group["lr"] for group in groups for parameter in group["params"]}
    rates = {name: rate_of[id(parameter)] for name, parameter in model.named_parameters()}
    assert rates["classifier.weight"] == 7.0
    assert rates["bert.encoder.layer.1.output.dense.weight"] == 1.0
    assert rates["bert.encoder.layer.0.output.dense.weight"] == 0.5
    assert rates["bert.embeddings.word_embeddings.weight"] == 0.25
    assert len(rate_of) == len(list(model.parameters()))
    assert all(parameter.ndim >= 2 for group in groups if group["weight_decay"] for parameter in group["params"])


def test_a_window_longer_than_the_encoder_reads_is_told(settings: Callable[..., TrainSettings], tmp_path: Path) -> None:
    with pytest.raises(HatifError, match=r"tuning\.window is 128 pieces, the encoder reads 64"):
        run.train(settings("tuning.window=128"), tmp_path / "out")


def test_an_output_that_cannot_be_written_is_told(settings: Callable[..., TrainSettings], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HatifError, match="cannot be written"):
        run.train(settings(), tmp_path / "file" / "out")


def test_faulty_data_is_told_before_torch_is_touched(tmp_path: Path) -> None:
    chosen = tiny.settings(tmp_path)
    Path(chosen.train).write_text(
        '{"id": "a", "text": "الرئيس", "spans": [{"start": 0, "end": 3, "label": "TITLE"}]}\n'
    )
    with pytest.raises(HatifError, match="cuts a word"):
        run.train(chosen, tmp_path / "out")
    Path(chosen.train).write_text("")
    with pytest.raises(HatifError, match="empty file"):
        run.train(chosen, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_loss_is_a_mean_over_accumulated_batches(settings: Callable[..., TrainSettings], tmp_path: Path) -> None:
    """As many gradients in one step, however they are added up: the logged losses must be of one size."""
    first = []
    for batch, accumulation in ((4, 1), (1, 4)):
        out = tmp_path / f"{batch}"
        run.train(settings(f"tuning.batch={batch}", f"tuning.accumulation={accumulation}", "tuning.dropout=0.0"), out)
        first.append(next(entry["loss"] for entry in state_of(out).log_history if "loss" in entry))
    assert first[0] == pytest.approx(first[1], rel=0.15)


def test_the_screen_shows_figures_and_no_dictionaries(
    settings: Callable[..., TrainSettings], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run.train(settings("tuning.average=0.1"), tmp_path / "out")
    told = capfd.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert lines
    assert all(line.startswith("step ") and "dev F1" in line and "best" in line for line in lines)
