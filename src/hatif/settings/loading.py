"""TOML and `key=value` to settings, and back."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from hatif.domain import HatifError

Settings = TypeVar("Settings")


def load_settings(kind: type[Settings], path: Path | None = None, overrides: Sequence[str] = ()) -> Settings:
    """Settings of `kind` from a TOML file, then `section.key=value` overrides; what neither names keeps its default.

    Raises:
        HatifError: the file is missing or no TOML, a key is unknown, or a value has the wrong type or is out of range.
    """
    table: dict[str, Any] = {}
    if path is not None:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise HatifError(f"{path}: no settings file that can be read ({error})") from error
        except tomllib.TOMLDecodeError as error:
            raise HatifError(f"{path}: not valid TOML: {error}") from error
    settings = _checked(kind, table, str(path))
    if not overrides:
        return settings
    for override in overrides:
        _apply(table, override)
    return _checked(kind, table, "--set")


def _apply(table: dict[str, Any], override: str) -> None:
    key, equals, value = override.partition("=")
    if not equals or not key.strip():
        raise HatifError(f"--set {override!r}: write it as section.key=value, such as tuning.epochs=3")
    *sections, last = key.strip().split(".")
    for section in sections:
        table = table.setdefault(section, {})
        if not isinstance(table, dict):
            raise HatifError(f"--set {override!r}: {section!r} is a value, not a section")
    try:
        table[last] = tomllib.loads(f"value = {value.strip()}")["value"]
    except tomllib.TOMLDecodeError:
        table[last] = value.strip()


def _checked(kind: type[Settings], table: Mapping[str, Any], where: str) -> Settings:
    _check_names(table, kind, list(_names(kind, "")), where, "")
    return _build(kind, table, where, "")


def _names(kind: type, section: str) -> Iterator[str]:
    for key, expected in get_type_hints(kind).items():
        yield f"{section}{key}"
        if is_dataclass(expected) and isinstance(expected, type):
            yield from _names(expected, f"{section}{key}.")


def _check_names(table: Mapping[str, Any], kind: type, valid: Sequence[str], where: str, section: str) -> None:
    hints = get_type_hints(kind)
    for key, value in table.items():
        name = f"{section}{key}"
        if key not in hints:
            (nearest,) = get_close_matches(name, valid, n=1, cutoff=0.0)
            raise HatifError(f"{where}: unknown setting '{name}'; did you mean '{nearest}'?")
        if is_dataclass(hints[key]) and isinstance(value, Mapping):
            _check_names(value, hints[key], valid, where, f"{name}.")


def _build(kind: type[Settings], table: Mapping[str, Any], where: str, section: str) -> Settings:
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{section}{key}"
        expected = hints[key]
        if is_dataclass(expected) and isinstance(expected, type):
            if not isinstance(value, Mapping):
                raise HatifError(f"{where}: '{name}' is a section, [{name}]; got {value!r}")
            values[key] = _build(expected, value, where, f"{name}.")
            continue
        if expected is float and type(value) is int:
            value = float(value)
        if type(value) is not expected:
            raise HatifError(f"{where}: '{name}' must be {expected.__name__}, got {value!r}")
        values[key] = value
    try:
        return kind(**values)
    except ValueError as error:
        raise HatifError(f"{where}: {section}{error}") from error


def as_toml(settings: object) -> str:
    """The settings in force as TOML that `load_settings` reads back."""
    lines, sections = _lines(settings, "")
    return "\n".join([*lines, *sections]) + "\n"


def _lines(settings: object, section: str) -> tuple[list[str], list[str]]:
    values: list[str] = []
    sections: list[str] = []
    for item in fields(settings):  # type: ignore[arg-type]
        value = getattr(settings, item.name)
        if is_dataclass(value):
            name = f"{section}{item.name}"
            inner, deeper = _lines(value, f"{name}.")
            sections += ["", f"[{name}]", *inner, *deeper]
        else:
            values.append(f"{item.name} = {_literal(value)}")
    return values, sections


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON escapes as TOML does, all but DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
