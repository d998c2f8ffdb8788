"""A seeded tenth of all programs, judged by real Keras now and compared with flatlint."""

from __future__ import annotations

import importlib.util

import pytest

from tests.oracle.comparison import Agreement, Tally, compare_all, describe
from tests.oracle.corpus import OTHER_SUBJECTS, programs_of, tenth
from tests.oracle.disagreements import read_disagreements, without_disagreements
from tests.oracle.judge import Judge
from tests.oracle.programs import Era

PACKAGES = {Era.KERAS_2: "tf_keras", Era.KERAS_3: "keras"}
SEED = 0
SHARE_FOUND = 0.97
MOST_SPOILED = 0.005

pytestmark = pytest.mark.oracle


@pytest.mark.parametrize("era", list(Era))
def test_a_tenth_of_all_programs_agrees_with_keras(era: Era) -> None:
    if not all(importlib.util.find_spec(name) for name in (PACKAGES[era], "tensorflow")):
        pytest.skip("real Keras of this era is not installed")
    picked = [
        program
        for subject, programs in programs_of(era, SEED).items()
        if "." not in subject and subject not in OTHER_SUBJECTS
        for program in tenth(programs)
    ]
    with Judge(era) as judge:
        comparisons = without_disagreements(
            compare_all(judge.judge_all(picked)), read_disagreements()
        )
    harmless = (Agreement.EXACT, Agreement.FOUND, Agreement.MISSED, Agreement.UNKNOWN)
    spoiled = [describe(c) for c in comparisons if c.agreement not in harmless]
    assert len(spoiled) <= len(picked) * MOST_SPOILED, "\n".join(spoiled[:10])
    tally = Tally.of(comparisons)
    assert tally.refused > 0
    assert tally.share_found >= SHARE_FOUND


def test_the_judge_tells_shape_count_and_refusal_of_a_dense_layer() -> None:
    if not importlib.util.find_spec("keras"):
        pytest.skip("Keras 3 is not installed")
    with Judge(Era.KERAS_3) as judge:
        built = judge.verdict_on(
            "from keras import Input, layers\ny = layers.Dense(4)(Input((3,)))\n"
        )
        refused = judge.verdict_on("from keras import layers\n\nlayers.Dense(0)\n")
    assert [(b.class_name, b.line, b.shape, b.params) for b in built.layers] == [
        ("Dense", 2, [None, 4], 16)
    ]
    assert (refused.error, refused.line) == ("ValueError", 3)
