"""Call records from documents with spans."""

from hatif.calls.linking import Linking, link, link_calls

__all__ = ["Linking", "link", "link_calls"]
