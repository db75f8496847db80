"""`hatif predict-cluster`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hatif.export.terminal import one_line
from hatif.pipeline.cluster import ClusterRun, run_on_cluster


def predict_cluster(
    sources: Annotated[
        list[str],
        typer.Argument(help="Parquet with the columns id, text and published, or .jsonl, packed or not; folders."),
    ],
    out: Annotated[Path, typer.Option(help="A new folder for Parquet files; it is whole or not there.")],
    model: Annotated[
        Path | None, typer.Option(help="A bundle, at the same path on every node; the one that ships.")
    ] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda, a GPU for every actor.")] = "auto",
    address: Annotated[
        str, typer.Option(help="auto (RAY_ADDRESS or this machine's cluster), local or HOST:PORT.")
    ] = "auto",
    actors: Annotated[
        int | None, typer.Option(min=1, help="Taggers at a time; one a core or GPU of the cluster.")
    ] = None,
    batch: Annotated[int, typer.Option(min=1, help="Rows that an actor takes at a time, at most.")] = 64,
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out spans scored lower.")] = 0.0,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of articles that bear none.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first row that cannot be read.")] = False,
) -> None:
    """Tag Parquet or JSON lines on a Ray cluster into Parquet; a row that cannot be read says why, under error."""
    run = ClusterRun(
        sources=tuple(sources),
        out=out.absolute(),
        model=model.absolute() if model else None,
        device=device,
        actors=actors,
        batch=batch,
        min_score=min_score,
        published=published.date() if published else None,
        strict=strict,
    )
    written = run_on_cluster(run, address)
    typer.echo(f"{written.rows} rows written to {out}")
    if written.faulty:
        typer.echo(
            f"hatif: {written.faulty} of {written.rows} rows could not be read; the column error says why, first "
            f"{one_line(written.error or '')}",
            err=True,
        )
        raise typer.Exit(2)
