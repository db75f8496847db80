"""Text of unknown origin made safe to print: a terminal obeys the control characters of an article or a file name."""

_ESCAPED = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


def without_controls(text: str) -> str:
    r"""The text with its control characters written out, `\x1b` for an escape; tabs and line ends stay."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPED)


def one_line(text: str) -> str:
    """The same with its line ends as spaces."""
    return " ".join(without_controls(text).splitlines())
