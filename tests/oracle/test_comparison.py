"""How verdicts and answers are weighed: what counts as exact, unknown, wrong, found, missed."""

from __future__ import annotations

from tests.oracle.answers import Answer, AnsweredLayer, ClaimedError
from tests.oracle.comparison import Agreement, Comparison, Match, Tally, compare, match_shape, table
from tests.oracle.programs import BuiltLayer, Era, Judgement, Outcome, Program, Verdict

PROGRAM = Program(Era.KERAS_3, "Dense", "y = Dense(4)(x)\n")
BUILT = Verdict(Outcome.BUILT, (BuiltLayer("Dense", 1, [None, 4], 16, 16),))
REFUSED = Verdict(Outcome.REFUSED, error="ValueError", message="no", line=1)


def weighed(verdict: Verdict, answer: Answer) -> Comparison:
    return compare(Judgement(PROGRAM, verdict), lambda program: answer)


def dense(shape: object, params: int | None, class_name: str = "Dense") -> Answer:
    return Answer(layers=(AnsweredLayer(class_name, 1, shape, params),))


def test_the_same_shape_and_count_are_exact() -> None:
    assert weighed(BUILT, dense([None, 4], 16)).agreement is Agreement.EXACT


def test_what_is_not_said_is_unknown_and_not_wrong() -> None:
    for answer in (dense(None, 16), dense([None, "units"], 16), dense([None, 4], None), Answer()):
        assert weighed(BUILT, answer).agreement is Agreement.UNKNOWN


def test_another_size_rank_count_or_layer_is_wrong() -> None:
    more = Answer(layers=(*dense([None, 4], 16).layers, AnsweredLayer("Dense", 1, [None, 4], 16)))
    for answer in (dense([None, 5], 16), dense([4], 16), dense([None, 4], 12), more):
        assert weighed(BUILT, answer).agreement is Agreement.WRONG
    assert weighed(BUILT, dense([None, 4], 16, "Conv1D")).agreement is Agreement.WRONG


def test_none_is_keras_open_axis_and_not_an_unknown_size() -> None:
    assert match_shape([None, 4], [2, 4]) is Match.DIFFERENT
    assert match_shape([None, 4], ["?", 4]) is Match.UNKNOWN


def test_several_outputs_are_compared_one_by_one() -> None:
    real = [[None, 4], [None, 3]]
    assert match_shape(real, [[None, 4], [None, 3]]) is Match.SAME
    assert match_shape(real, [[None, 4], None]) is Match.UNKNOWN
    assert match_shape(real, [None, 4]) is Match.DIFFERENT
    assert match_shape([[None, 4]], [None, 4]) is Match.SAME


def test_an_error_on_what_runs_is_a_false_error() -> None:
    answer = Answer(errors=(ClaimedError("FL100", 1, "refused"),))
    assert weighed(BUILT, answer).agreement is Agreement.FALSE_ERROR


def test_a_refusal_is_found_or_missed_and_may_point_at_the_layer() -> None:
    found = weighed(REFUSED, Answer(errors=(ClaimedError("FL100", 1, "refused"),)))
    elsewhere = weighed(REFUSED, Answer(errors=(ClaimedError("FL100", 7, "refused"),)))
    missed = weighed(REFUSED, Answer())
    assert [c.agreement for c in (found, elsewhere, missed)] == [
        Agreement.FOUND,
        Agreement.FOUND,
        Agreement.MISSED,
    ]
    tally = Tally.of([found, elsewhere, missed])
    assert (tally.refused, tally.at_the_layer) == (3, 1)
    assert tally.share_found == 2 / 3


def test_a_crash_is_told_apart() -> None:
    assert weighed(REFUSED, Answer(crash="Traceback")).agreement is Agreement.CRASHED


def test_the_table_has_a_row_a_layer_and_a_total() -> None:
    lines = table([weighed(BUILT, dense([None, 4], 16))]).splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [["keras3", "Dense"], ["keras3", "in"]]
