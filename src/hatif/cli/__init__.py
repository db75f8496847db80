"""The command line: arguments to calls, errors to one line and an exit code."""

from hatif.cli.main import main

__all__ = ["main"]
