"""What a person sees while a tagger is trained: one bar on a terminal, a line per evaluation elsewhere."""

import sys
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments


class TrainingProgress(TrainerCallback):
    """Steps, the training loss, dev's last and best F1 and the time, on the error stream of the main process.

    As a context manager it leaves the terminal in order, whatever ends the training.
    """

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        times = (TimeElapsedColumn(), TimeRemainingColumn(), TextColumn("left"))
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), *times)
        self.bar = Progress(*columns, console=self.console, disable=not self.console.is_terminal)
        self.task = self.bar.add_task("training", total=None)
        self.loss = self.f1 = self.best = float("nan")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Show the bar, and take up the best F1 of a resumed run."""
        self.best = float("nan") if state.best_metric is None else state.best_metric
        if state.is_world_process_zero:
            self.bar.start()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        """Move the bar on."""
        self.bar.update(self.task, total=state.max_steps, completed=state.global_step)

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **kwargs: Any,
    ) -> None:
        """Show the loss, and dev's F1 when it was just measured."""
        if logs is None:
            return
        self.loss = logs.get("loss", self.loss)
        if "eval_f1" in logs:
            self.f1 = logs["eval_f1"]
            self.best = self.f1 if self.best != self.best else max(self.best, self.f1)
            if state.is_world_process_zero and not self.console.is_terminal:
                step = f"step {state.global_step:5} of {state.max_steps}"
                print(f"{step}  {self._figures()}", file=sys.stderr, flush=True)
        self.bar.update(self.task, description=self._figures())

    def _figures(self) -> str:
        known = {"loss": self.loss, "dev F1": self.f1, "best": self.best}
        return "  ".join(f"{name} {value:.4f}" for name, value in known.items() if value == value)
