"""Tag Parquet on a Ray cluster: `python scripts/predict_cluster.py news/ --out tagged`; as `hatif predict-cluster`."""

import sys

from hatif.cli import main

if __name__ == "__main__":
    main(["predict-cluster", *sys.argv[1:]])
