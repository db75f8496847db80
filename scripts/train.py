"""Fine-tune a tagger: `python scripts/train.py --config configs/compact.toml --out runs/compact`; as `hatif train`."""

import sys

from hatif.cli import main

if __name__ == "__main__":
    main(["train", *sys.argv[1:]])
