"""No article can give orders to a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.export.terminal import one_line, without_controls


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("قطر\x1b[2J", "قطر\\x1b[2J"),  # ESC, clear the screen
        ("\x9b31m", "\\x9b31m"),  # the same in one character
        ("\x07\x08\x7f\x00", "\\x07\\x08\\x7f\\x00"),
        ("سطر\r\nسطر\rسطر\n\t", "سطر\nسطر\nسطر\n\t"),  # line ends and tabs are layout
        ("بُوتين\u200f😀\ud800", "بُوتين\u200f😀\ud800"),
    ],
)
def test_controls_are_written_out(text: str, shown: str) -> None:
    assert without_controls(text) == shown


@given(st.text(st.characters()))
def test_one_line_is_one_line_without_controls(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert not any(
        (ord(character) < 0x20 and character != "\t") or 0x7F <= ord(character) < 0xA0 for character in shown
    )
