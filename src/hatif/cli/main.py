"""The `hatif` command and its subcommands."""

import os
import sys
from collections.abc import Sequence

import typer

from hatif.cli.aggregate import aggregate
from hatif.cli.data import data_app
from hatif.cli.evaluate import evaluate
from hatif.cli.predict import predict
from hatif.cli.predict_cluster import predict_cluster
from hatif.cli.train import pretrain, train
from hatif.domain import HatifError
from hatif.export.terminal import one_line

app = typer.Typer(
    name="hatif",
    help="Reads Arabic news and tells who called whom: LEADER, TITLE, COUNTRY and CALL spans with exact offsets.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(predict)
app.command()(predict_cluster)
app.command()(evaluate)
app.command()(aggregate)
app.command()(train)
app.command()(pretrain)
app.add_typer(data_app, name="data")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 the data has problems, 2 the input or the command was wrong."""
    for stream in (sys.stdout, sys.stderr):
        # Arabic must pass whatever the locale; a lone surrogate is shown escaped, not raised.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            app(args=list(arguments) if arguments is not None else None, prog_name="hatif")
        finally:
            sys.stdout.flush()
    except HatifError as error:
        _tell(str(error))
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output, such as `head`, has gone.
        _drop_output()
        sys.exit(0)
    except OSError as error:
        _drop_output()
        _tell(f"the output cannot be written ({error.strerror or error})")
        sys.exit(2)


def _tell(message: str) -> None:
    print(f"hatif: {one_line(message)}", file=sys.stderr)


def _drop_output() -> None:
    """Python would complain once more of output that it cannot write, when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
