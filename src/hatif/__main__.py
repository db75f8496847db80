"""`python -m hatif`."""

from hatif.cli import main

main()
