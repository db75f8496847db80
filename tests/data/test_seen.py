"""Ids that a stream has shown, each told once."""

from hatif.data.seen import SeenIds


def test_an_id_is_new_once_however_many_there_are() -> None:
    seen = SeenIds()
    assert all(seen.add(f"d{number}") for number in range(20_000))
    assert not any(seen.add(f"d{number}") for number in (0, 1, 8191, 8192, 16_384, 19_999))
    assert seen.add("d20000")
    assert not seen.add("d20000")


def test_any_string_is_an_id() -> None:
    seen = SeenIds()
    assert seen.add("\ud800")
    assert seen.add("")
    assert not seen.add("\ud800")
