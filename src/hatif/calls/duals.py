"""Dual titles told apart: `الرئيسان الروسي والأميركي` are the Russian president and the American one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hatif.calls.mentions import Mention

# Duals and sound plurals of the titles that states share, in folded spelling without the article.
_SINGULAR = {
    "رييسان": "رييس", "رييسين": "رييس", "رييسا": "رييس", "رييسي": "رييس", "زعيمان": "رييس", "زعيمين": "رييس",
    "وزيران": "وزير", "وزيرين": "وزير", "وزيرا": "وزير", "وزيري": "وزير", "عاهلان": "عاهل", "عاهلين": "عاهل",
}  # fmt: skip
_NEAR = 2
"""Characters between the two states: a space and و of its own at most."""


def told_apart(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions; a dual title with a state, and the bare state coordinated with it, become an office of each."""
    office = ""
    for at, mention in enumerate(mentions):
        follower = mentions[at + 1] if at + 1 < len(mentions) else None
        if office and mention.is_state:
            yield replace(mention, office=office)
            office = ""
            continue
        office = ""
        if follower and mention.country and not mention.name and _is_coordinated(mention, follower):
            office = _singular(mention.office)
        yield replace(mention, office=office) if office else mention


def _is_coordinated(one: Mention, other: Mention) -> bool:
    near = other.start - one.end <= _NEAR
    return near and other.lead.startswith("و") and other.is_state and other.country not in (None, one.country)


def _singular(office: str) -> str:
    """`وزيرا الخارجيه` -> `وزير الخارجيه`; empty for a title that is no dual."""
    head, _, rest = office.partition(" ")
    return f"{_SINGULAR[head]} {rest}".strip() if head in _SINGULAR else ""
