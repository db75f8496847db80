"""Plain-text articles in the encodings that Arabic newsrooms use."""

import codecs
from collections.abc import Callable
from pathlib import Path

from hatif.data.packed import open_packed
from hatif.domain import HatifError

_ENCODINGS = "UTF-8, UTF-16 and Windows-1256"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = {*range(0x20)} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B}
"""Bytes that no text in Windows-1256 has; UTF-8 may have them, for content systems leave some behind, but never NUL."""


def read_text(path: Path, on_bytes: Callable[[int], None] | None = None) -> str:
    """The text of an article file, packed or not, line ends as they stand, its byte order mark taken off.

    Raises:
        HatifError: the file cannot be read, or is no text in UTF-8, UTF-16 or Windows-1256.
    """
    with open_packed(path, on_bytes) as packed:
        content = packed.read()
    return decode_text(content, str(path))


def decode_text(content: bytes, name: str) -> str:
    """Bytes of an article to text; `name` is what an error calls it.

    UTF-16 is known by its byte order mark or its zero bytes. What is not valid UTF-8 is Windows-1256 if
    charset-normalizer finds Arabic in it.

    Raises:
        HatifError: the bytes are no text in any of the three.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decode(content, encoding, name)
    guess = _utf16_without_mark(content)
    if guess:
        return _decode(content, guess, name)
    try:
        return _text(content.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        if not _CONTROLS.isdisjoint(content):
            raise _binary(name) from error
        return _windows_1256(content, name, error)


def _decode(content: bytes, encoding: str, name: str) -> str:
    try:
        return _text(content.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise HatifError(
            f"{name}: begins like {encoding} but is not valid ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from error


def _text(text: str, name: str) -> str:
    if "\0" in text:
        raise _binary(name)
    return text


def _binary(name: str) -> HatifError:
    return HatifError(f"{name}: binary data, not text; hatif reads text in {_ENCODINGS}")


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 of Arabic has 06 (or 00, in spaces, digits and Latin letters) as every second byte."""
    sample = content[:4000]
    if len(sample) < 4 or len(sample) % 2:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = sample[offset::2], sample[1 - offset :: 2]
        wide = 0x06 in high or (0x00 in high and 0x00 not in low)
        if wide and sum(byte in (0x00, 0x06, 0x20) for byte in high) > 0.9 * len(high):
            return encoding
    return None


def _windows_1256(content: bytes, name: str, fault: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=["cp1256"], threshold=0.6).best()
    text = content.decode("cp1256", "replace")
    letters = sum(character.isalpha() for character in text)
    arabic = sum("\u0600" <= character <= "\u06ff" for character in text)
    # A broken UTF-8 file decodes as Windows-1256 too, into ط and ظ by turns with signs between them.
    mojibake = sum(text.count(mark) for mark in ("ط§", "ظ„", "ط±", "ظٹ"))
    if best is None or arabic < 0.5 * max(1, letters) or mojibake * 20 > len(text):
        raise HatifError(
            f"{name}: not valid UTF-8 ({fault.reason} at byte {fault.start}) and no Arabic in Windows-1256; "
            "save it as UTF-8"
        )
    return text
