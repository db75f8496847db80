"""Tag an article: `python scripts/predict.py seeds/000_b436e7a5e574e3fb.txt`; the same as `hatif predict`."""

import sys

from hatif.cli import main

if __name__ == "__main__":
    main(["predict", *sys.argv[1:]])
