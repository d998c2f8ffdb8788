"""hard_swish: one activation in Keras 3, four layers in Keras 2."""

from __future__ import annotations

from collections.abc import Iterable

from flatlint.catalogue.applications.widths import Step

WORD = "hard_silu"


def spelled_out(steps: Iterable[Step]) -> list[Step]:
    """The steps of a MobileNetV3 as Keras 2 has them: `x * relu6(x + 3) / 6`, layer by layer.

    Source: `hard_swish` in tf_keras/src/applications/mobilenet_v3.py.
    """
    done: list[Step] = []
    places = {0: 0}
    for place, (name, (class_name, given), inputs) in enumerate(steps, start=1):
        taken = tuple(places[source] for source in inputs)
        if class_name == "Activation" and given.get("activation") == WORD:
            first = len(done) + 1
            done += [
                (f"{name}_add", ("op Add", {}), taken),
                (f"{name}_relu", ("ReLU", {"max_value": 6.0}), (first,)),
                (f"{name}_sixth", ("op Multiply", {}), (first + 1,)),
                (name, ("Multiply", {}), (*taken, first + 2)),
            ]
        else:
            done.append((name, (class_name, given), taken))
        places[place] = len(done)
    return done
