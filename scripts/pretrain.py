"""Pretrain an encoder: `python scripts/pretrain.py news.txt.xz=3 wiki.txt.xz --out runs/encoder`."""

import sys

from hatif.cli import main

if __name__ == "__main__":
    main(["pretrain", *sys.argv[1:]])
