"""`hatif data …`: checks, figures and conversions of annotated documents."""

from pathlib import Path
from typing import Annotated

import typer

from hatif.data.check import check_files
from hatif.data.files import write_whole
from hatif.data.jsonl import format_documents, read_documents
from hatif.data.markup import format_markup, parse_markup
from hatif.data.statistics import describe
from hatif.data.text import read_text
from hatif.domain import Document, HatifError, ProblemsError
from hatif.evaluation.scores import score_spans
from hatif.export.terminal import one_line
from hatif.inference.tagger import Tagger
from hatif.pipeline.silver import silver_documents

data_app = typer.Typer(
    help="Annotated documents: checks, figures, conversions.", no_args_is_help=True, rich_markup_mode=None
)
Files = Annotated[list[Path], typer.Argument(help="Annotated documents, .jsonl.")]


@data_app.command()
def check(files: Files) -> None:
    """List every problem of annotated files, near-duplicates between them included; exit code 1 if there is one."""
    problems = check_files(files)
    for problem in problems:
        typer.echo(one_line(str(problem)))
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{len(files)} {'file' if len(files) == 1 else 'files'}, no problem")


@data_app.command()
def stats(files: Files) -> None:
    """Count documents, words, spans, names, states and calls."""
    for path in files:
        typer.echo(f"{path}: " + "\n".join(describe(read_documents(path))))


@data_app.command()
def convert(
    source: Annotated[Path, typer.Argument(help=".jsonl, or markup in any other suffix.")],
    out: Annotated[Path, typer.Argument(help=".jsonl, or markup in any other suffix.")],
) -> None:
    """Turn inline markup, the form to annotate in, into JSON lines, or back."""
    documents = _read(source)
    text = format_documents(documents) if out.suffix == ".jsonl" else format_markup(documents)
    write_whole(out, [text])
    typer.echo(f"{len(documents)} documents written to {out}")


def _read(path: Path) -> list[Document]:
    if path.suffix == ".jsonl":
        return read_documents(path)
    documents, problems = parse_markup(read_text(path), str(path))
    if problems:
        raise ProblemsError(problems)
    return documents


@data_app.command()
def agreement(
    first: Annotated[Path, typer.Argument(help="One annotator's documents.")],
    second: Annotated[Path, typer.Argument(help="The other's; documents are paired by id.")],
) -> None:
    """Strict span F1 between two annotators of the same documents."""
    others = {document.id: document for document in _read(second)}
    pairs = [(document, others[document.id]) for document in _read(first) if document.id in others]
    if not pairs:
        raise HatifError(f"{first} and {second} have no document in common; documents are paired by id")
    scores = score_spans([one for one, _ in pairs], [other for _, other in pairs])
    for label, score in scores.by_label.items():
        typer.echo(f"{label:8} {score.f1:.4f}  ({score.gold} and {score.predicted} spans)")
    typer.echo(f"{'micro':8} {scores.micro.f1:.4f}  {len(pairs)} documents")


@data_app.command()
def silver(
    sources: Annotated[list[str], typer.Argument(help="Open texts, a paragraph a line: .txt, .xz, .gz.")],
    out: Annotated[Path, typer.Option(help="Documents that are written, .jsonl.")],
    model: Annotated[Path | None, typer.Option(help="The bundle that tags; the one that ships.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Documents at most.")] = 8000,
    sure: Annotated[float, typer.Option(min=0.0, max=1.0, help="Lowest score of a span that is believed.")] = 0.6,
    seed: Annotated[int, typer.Option(help="Of the order in which documents are drawn.")] = 13,
) -> None:
    """Tag open text with a model and keep the documents it is sure of, to train the next model on first."""
    tagger = Tagger.load(model)
    documents = silver_documents(sources, tagger, limit=limit, sure=sure, seed=seed)
    write_whole(out, (format_documents([document]) for document in documents))
    typer.echo(f"silver documents written to {out}")
