"""Articles in the encodings of Arabic newsrooms, and what is no text at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.data.text import decode_text, read_text
from hatif.domain import HatifError

# The Russian president made a telephone call to the Saudi sovereign, and said that the crisis was over.
ARTICLE = "أجرى الرئيس الروسي فلاديمير بوتين اتصالا هاتفيا بالعاهل السعودي، وقال إن الأزمة انتهت.\r\n"
TEXTS = [ARTICLE, ARTICLE * 100, "قطر", "اتصال هاتفي\n", "«قطر»", "بوتين: Putin 2017"]  # Qatar; telephone call


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{len(text)} characters")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_recognised_with_and_without_its_mark(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == text


def test_big_endian_utf_16_loses_its_mark() -> None:
    assert decode_text(b"\xfe\xff" + ARTICLE.encode("utf-16-be"), "a.txt") == ARTICLE


@pytest.mark.parametrize("text", TEXTS[:-1], ids=lambda text: f"{len(text)} characters")
def test_windows_1256_is_recognised_by_its_arabic(text: str) -> None:
    assert decode_text(text.encode("cp1256"), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_without_arabic_is_text(encoding: str) -> None:
    assert decode_text("Putin called Trump".encode(encoding), "a.txt") == "Putin called Trump"


@pytest.mark.parametrize("text", ["", " " * 64, "\n", "قطر\x1b[31m\x02\x0b"])
def test_blanks_and_stray_controls_are_text(text: str) -> None:
    assert decode_text(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary data"),
        (bytes(range(256)), "binary data"),
        (b"\x1f\x8b\x08\x08\xf3\xe8\x02\xff", "binary data"),  # the head of a .gz
        (b"\xef\xbb\xbfPutin\x00", "binary data"),
        (ARTICLE.encode("utf-32"), "binary data"),
        (ARTICLE.encode()[1:], "not valid UTF-8"),
        (ARTICLE.encode().replace(b"\xd9", b"\xff"), "not valid UTF-8"),
        ((ARTICLE * 20).encode()[:301], "not valid UTF-8 .unexpected end of data at byte 300"),
        ("هاتفيًا، في وقت سا".encode()[:-1], "not valid UTF-8"),
        ("Le président a appelé".encode("latin-1"), "no Arabic in Windows-1256"),
        (b"\xff\xfe" + ARTICLE.encode("utf-16-le")[:-1], "begins like utf-16 but is not valid"),
        (b"\xff\xfe\x00\xd8\x41\x06", "begins like utf-16 but is not valid"),  # half a surrogate pair
    ],
)
def test_what_is_no_text_is_refused_with_its_name(content: bytes, told: str) -> None:
    with pytest.raises(HatifError, match=f"^a.txt: .*{told}"):
        decode_text(content, "a.txt")


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        text = decode_text(content, "a.txt")
    except HatifError:
        return
    assert "\0" not in text
    text.encode()  # holds no lone surrogate


@given(st.text(alphabet="ابوتينقطر ،.\n0aA«»😀\u200f", min_size=2, max_size=60))
def test_any_unicode_text_is_read_back(text: str) -> None:
    assert decode_text(text.encode(), "a.txt") == text
    assert decode_text(text.encode("utf-16"), "a.txt") == text


def test_line_ends_stand_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("قطر\r\nمصر\rلبنان\n".encode())
    assert read_text(file) == "قطر\r\nمصر\rلبنان\n"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(HatifError, match="cannot be read"):
            read_text(path)
