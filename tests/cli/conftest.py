"""The command line, run in this process."""

import pytest

from commands import Ended, Hatif
from hatif.cli import main


@pytest.fixture
def hatif(capsys: pytest.CaptureFixture[str]) -> Hatif:
    """Run a command and tell how it ended."""

    def run(*arguments: object) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Ended(int(ended.value.code or 0), told.out, told.err)

    return run
