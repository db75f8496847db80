"""Problems and the errors that carry them."""

from hatif.domain import HatifError, Problem, ProblemsError

ONE, TWO = Problem("a.jsonl:1", "invalid JSON"), Problem("a.jsonl:7", "cuts a word")


def test_a_problem_says_where_and_what() -> None:
    assert str(ONE) == "a.jsonl:1: invalid JSON"


def test_collected_problems_are_one_line_that_counts_the_rest() -> None:
    error = ProblemsError([ONE, TWO])
    assert isinstance(error, HatifError)
    assert str(error) == "a.jsonl:1: invalid JSON (and 1 more)"
    assert error.problems == (ONE, TWO)
    assert str(ProblemsError([TWO])) == "a.jsonl:7: cuts a word"
