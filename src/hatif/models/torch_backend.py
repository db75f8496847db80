"""Logits by torch: bfloat16 in padded buckets on a GPU, float32 on a CPU."""

from collections.abc import Callable, Iterator, Sequence

import torch
from transformers import AutoModelForTokenClassification

from hatif.domain import HatifError
from hatif.models.backends import Logits, Pieces
from hatif.models.bundle import Bundle

_BUCKET = 16_384
"""Pieces of a padded batch on a GPU, padding included."""


class TorchBackend:
    """A bundle's safetensors weights on one device."""

    at_once = 64

    def __init__(self, bundle: Bundle, device: str) -> None:
        if device == "cuda" and not torch.cuda.is_available():
            raise HatifError("--device cuda: torch sees no GPU here; use --device cpu")
        self.device = torch.device("cuda" if device == "cuda" else "cpu")
        dtype = torch.bfloat16 if self.device.type == "cuda" else torch.float32
        try:
            model = AutoModelForTokenClassification.from_pretrained(bundle.path, local_files_only=True, dtype=dtype)
        except (OSError, RuntimeError, ValueError) as error:
            raise HatifError(f"{bundle.path}: transformers cannot load the weights ({error})") from error
        self.model = model.to(self.device).eval()

    def begin(self, windows: Sequence[Pieces]) -> Callable[[], list[Logits]]:
        """Padded buckets of windows of like length, queued on the GPU; see `Backend.begin`."""
        queued = [(indices, self._queue([windows[index] for index in indices])) for indices in self._buckets(windows)]

        def wait() -> list[Logits]:
            results: dict[int, Logits] = {}
            for indices, output in queued:
                values = output.cpu().numpy()
                results |= {index: values[row, : len(windows[index])] for row, index in enumerate(indices)}
            return [results[index] for index in range(len(windows))]

        return wait

    def _queue(self, windows: Sequence[Pieces]) -> torch.Tensor:
        """The logits of one padded batch, still on the device."""
        longest = max(len(window) for window in windows)
        ids = torch.zeros((len(windows), longest), dtype=torch.int64)
        mask = torch.zeros((len(windows), longest), dtype=torch.int64)
        for row, window in enumerate(windows):
            ids[row, : len(window)] = torch.from_numpy(window)
            mask[row, : len(window)] = 1
        if self.device.type == "cuda":
            # From pinned memory the copies run beside the computing.
            ids, mask = ids.pin_memory(), mask.pin_memory()
        with torch.inference_mode():
            moved = (tensor.to(self.device, non_blocking=True) for tensor in (ids, mask))
            output: torch.Tensor = self.model(*moved).logits.float()
        return output

    def _buckets(self, windows: Sequence[Pieces]) -> Iterator[list[int]]:
        order = sorted(range(len(windows)), key=lambda index: len(windows[index]))
        if self.device.type == "cpu":
            # Unpadded, so that a window's result is the same in any company.
            yield from ([index] for index in order)
            return
        bucket: list[int] = []
        for index in order:
            if bucket and (len(bucket) + 1) * len(windows[index]) > _BUCKET:
                yield bucket
                bucket = []
            bucket.append(index)
        if bucket:
            yield bucket
