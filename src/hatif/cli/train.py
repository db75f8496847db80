"""`hatif train` and `hatif pretrain`."""

from pathlib import Path
from typing import Annotated

import typer

from hatif.domain import HatifError
from hatif.settings import PretrainSettings, TrainSettings, load_settings

Config = Annotated[Path, typer.Option("--config", help="Settings to start from.")]
Overrides = Annotated[
    list[str], typer.Option("--set", metavar="KEY=VALUE", help="One setting, such as tuning.epochs=3.")
]


def train(
    out: Annotated[Path, typer.Option(help="Directory of the bundle that is written.")],
    config: Config = Path("configs/compact.toml"),
    overrides: Overrides = [],  # noqa: B006  typer wants a list
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the last checkpoint in --out.")] = False,
    fp32: Annotated[bool, typer.Option("--fp32", help="Keep a full-precision ONNX export too.")] = False,
) -> None:
    """Fine-tune a tagger on annotated documents and write its bundle."""
    settings = load_settings(TrainSettings, config, overrides)
    with _needs_train_extra():
        from hatif.training.run import train as run

        metrics = run(settings, out, resume=resume, keep_fp32=fp32)
    for name, value in metrics.items():
        typer.echo(f"{name:20} {value:.4f}")
    if metrics:
        typer.echo(f"bundle written to {out}")


def pretrain(
    sources: Annotated[
        list[str], typer.Argument(help="Texts, a paragraph a line: FILE[=WEIGHT] or datasets:OWNER/NAME/CONFIGURATION.")
    ],
    out: Annotated[Path, typer.Option(help="Directory of the encoder; a killed run goes on from what is there.")],
    config: Config = Path("configs/pretrain.toml"),
    overrides: Overrides = [],  # noqa: B006  typer wants a list
) -> None:
    """Pretrain a compact encoder on open text, within a wall-clock budget."""
    settings = load_settings(PretrainSettings, config, overrides)
    with _needs_train_extra():
        from hatif.training.pretrain_run import pretrain_encoder

        pretrain_encoder(sources, settings, out, typer.echo)
    typer.echo(f"encoder written to {out}")


class _needs_train_extra:  # noqa: N801  a context manager reads like a phrase
    """Turns the absence of a training package into one line that says how to get it."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ModuleNotFoundError):
            raise HatifError(f"{error.name} is not installed; training needs: pip install 'hatif[train]'") from error
