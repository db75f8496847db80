"""A frame: what the sentence around one trigger says of who called whom."""

from dataclasses import dataclass, field

from hatif.calls.places import Place


@dataclass(slots=True)
class Frame:
    """One reading of a trigger while it is being made.

    `row` numbers the sentence, `position` the trigger's item in it. `callers` and `called` hold the two sides, in this
    order also where nobody says who called: `directed` tells. `rule` names the reading.
    """

    row: int
    trigger: int
    position: int
    rule: str = ""
    callers: list[Place] = field(default_factory=list)
    called: list[Place] = field(default_factory=list)
    headline: bool = False
    """The sentence heads the article: its first one, without a full stop."""
    near: Place | None = None
    """The nearest subject before the trigger: in a series of calls, whom this one was with."""
    directed: bool = False
    joiners: list[Place] = field(default_factory=list)
    """Who the sentence says has joined the call of others."""
    initiative: Place | None = None
    """Whose idea the sentence says the call was: a person, or a state."""
    joint: bool = False
    """One call of all parties, not one of each pair."""
    mutual: bool = False
    """The trigger is of both alike: `مكالمة A وB`."""
    adverb: bool = False
    """The trigger is an adverb, which leaves open who called: `بحث A هاتفيا مع B`."""
    several: bool = False
    """The trigger is plural or dual."""
    listing: bool = False
    """Lines of a list follow, which may name the partners of several calls."""
    definite: bool = False
    """The trigger has the article or a pronoun: it may point back to a call told before."""
    back: bool = False
    """The trigger points back."""
    two: bool = False
    """The sentence speaks of two people whom it does not name: `بينهما`, `الزعيمان`."""
    office: str = ""
    """The one that the two hold, where it is a minister's: `وزيري الخارجية`."""
    pronoun: bool = False
    """A side is a pronoun (`معه`, `به`, `هاتفه`)."""
    outsider: bool = False
    """The other side is a medium, a family or the public: no record."""

    def take_all(self, people: list[Place], rule: str) -> None:
        """Make these people the parties of the one call; of several calls, all were with the first of them."""
        self.rule = rule
        self.callers, self.called = people[:1], people[1:]
        self.joint = not self.several and (self.joint or len(people) > 2)
