"""What computes tag probabilities: ONNX Runtime on a CPU, torch where a GPU or an unexported bundle asks for it."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hatif.domain import HatifError
from hatif.models.bundle import ONNX_FP32, ONNX_INT8, WEIGHTS, Bundle, checked_weights

Pieces = NDArray[np.int64]
Logits = NDArray[np.float32]
_A_THREAD = 4
"""Windows handed over for every thread: enough to keep it busy while the next are cut and the last decoded."""


class Backend(Protocol):
    """Computes logits of windows; a window's result never depends on the windows beside it."""

    at_once: int
    """Windows that are best handed over together: few, and computing begins early; many, and batches are full."""

    def begin(self, windows: Sequence[Pieces]) -> Callable[[], list[Logits]]:
        """Begin on windows of `(pieces,)` ids; what is returned waits for their logits, `(pieces, tags)` each."""


def open_backend(bundle: Bundle, device: str, threads: int | None = None) -> Backend:
    """The back end for `device`: `auto`, `cpu` or `cuda`.

    `auto` is the CPU's ONNX Runtime unless the bundle has no export; a GPU is used when asked for. `threads` is how
    many windows ONNX Runtime computes at a time, one a core unless told.

    Raises:
        HatifError: the device is unknown or not there, or the bundle has no weights for it.
    """
    if device not in {"auto", "cpu", "cuda"}:
        raise HatifError(f"device {device!r} is unknown; use auto, cpu or cuda")
    exports = [name for name in (ONNX_INT8, ONNX_FP32) if (bundle.path / name).is_file()]
    if device != "cuda" and exports:
        return OnnxBackend(checked_weights(bundle, exports[0]), str(bundle.path / exports[0]), threads)
    if not (bundle.path / WEIGHTS).is_file():
        raise HatifError(f"{bundle.path}: holds neither {ONNX_INT8} nor {WEIGHTS}; copy the bundle again")
    checked_weights(bundle, WEIGHTS)
    try:
        from hatif.models.torch_backend import TorchBackend
    except ImportError as error:
        raise HatifError(f"--device {device} needs torch: pip install 'hatif[train]' ({error})") from error
    return TorchBackend(bundle, device)


class OnnxBackend:
    """ONNX Runtime on the cores of this machine, one window a run and one run a core.

    Dynamic int8 takes its activation scales from all that one run computes: windows run alone, unpadded, so that no
    result depends on its neighbours, and the cores share the work by whole windows.
    """

    def __init__(self, model: bytes, name: str, threads: int | None = None) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            # Fused with the skip connection, the layer norm takes seven times as long (ONNX Runtime 1.30, AVX2).
            self.session = onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
            )
        except Exception as error:  # onnxruntime raises a class of its own for each fault, all from Exception
            raise HatifError(f"{name}: ONNX Runtime cannot load it ({error}); copy the bundle again") from error
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        threads = threads or cores
        self.pool = ThreadPoolExecutor(threads)
        self.at_once = _A_THREAD * threads

    def begin(self, windows: Sequence[Pieces]) -> Callable[[], list[Logits]]:
        """One run for every window, on the pool's threads; see `Backend.begin`."""
        running = self.pool.map(self._run, windows)
        return lambda: list(running)

    def _run(self, pieces: Pieces) -> Logits:
        feed = {"input_ids": pieces[None, :], "attention_mask": np.ones((1, len(pieces)), dtype=np.int64)}
        (result,) = self.session.run(["logits"], feed)
        return np.asarray(result[0], dtype=np.float32)
