"""Score the bundled model: `python scripts/evaluate.py`; the same as `hatif evaluate`."""

import sys

from hatif.cli import main

if __name__ == "__main__":
    main(["evaluate", *sys.argv[1:]])
