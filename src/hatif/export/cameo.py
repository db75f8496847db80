"""Call records as CAMEO events: tab-separated date, source, target and event code.

CAMEO ("Conflict and Mediation Event Observations Event and Actor Codebook", version 1.1b3, Schrodt 2012) codes a call
as 041, discuss by telephone, and an announced one as 036, express intent to meet or negotiate. What did not take place
is no event. Consultations without a known initiator are coded both ways round, as the codebook does with meetings.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations

from hatif.domain import Document, Party, Role, Status
from hatif.domain.record import CallRecord
from hatif.export.plover import sector_of

_CODES = {Status.HELD: "041", Status.PLANNED: "036"}
_UNKNOWN = "---"


def cameo(document: Document, records: Sequence[CallRecord]) -> str:
    """The lines of one document; a call without a known day is dated by the publication, and left out without one."""
    return "".join(
        f"{day:%Y%m%d}\t{source}\t{target}\t{_CODES[record.call.status]}\n"
        for record in records
        if record.call.status in _CODES and (day := _day(document, record))
        for source, target in _sides(document, record)
    )


def _day(document: Document, record: CallRecord) -> date | None:
    return record.day.first if record.day and record.day.precision == "day" else document.published


def _sides(document: Document, record: CallRecord) -> Iterator[tuple[str, str]]:
    """Source and target of every event: from the caller to each other party, or between all."""
    parties = record.call.parties
    callers = [party for party in parties if party.role is Role.INITIATOR]
    pairs = [(one, two) for one in callers for two in parties if two not in callers] or list(permutations(parties, 2))
    for source, target in pairs:
        yield _actor(document, source), _actor(document, target)


def _actor(document: Document, party: Party) -> str:
    """State and agent (`RUSGOV`); an international organisation without a state is `IGO`, an unknown actor `---`."""
    sector = sector_of(document, party)
    if party.country is None:
        return sector if sector and sector != "GOV" else _UNKNOWN
    return party.country + (sector or "GOV")
