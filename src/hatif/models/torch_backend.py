"""Logits by torch: bfloat16 in padded buckets on a GPU, float32 on a CPU."""

from collections.abc import Iterator, Sequence

import torch
from transformers import AutoModelForTokenClassification

from hatif.domain import HatifError
from hatif.models.backends import Logits, Pieces
from hatif.models.bundle import Bundle

_BUCKET = 16_384
"""Pieces of a padded batch on a GPU, padding included."""


class TorchBackend:
    """A bundle's safetensors weights on one device."""

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

    def logits(self, windows: Sequence[Pieces]) -> list[Logits]:
        """Padded buckets of windows of like length; see `Backend.logits`."""
        results: list[Logits | None] = [None] * len(windows)
        for indices in self._buckets(windows):
            longest = max(len(windows[index]) for index in indices)
            ids = torch.zeros((len(indices), longest), dtype=torch.int64)
            mask = torch.zeros((len(indices), longest), dtype=torch.int64)
            for row, index in enumerate(indices):
                ids[row, : len(windows[index])] = torch.from_numpy(windows[index])
                mask[row, : len(windows[index])] = 1
            with torch.inference_mode():
                output = self.model(input_ids=ids.to(self.device), attention_mask=mask.to(self.device)).logits
            values = output.float().cpu().numpy()
            for row, index in enumerate(indices):
                results[index] = values[row, : len(windows[index])]
        return [result for result in results if result is not None]

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
