"""FL238: a method is called that the model does not have."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.catalogue.training import PARAMETERS
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import DataCall, ModelKind, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.call_arguments import code_of, numpy_alias, site_of
from flatlint.rules.edits import NodeEdit, NodeFix, Where

_INSTEAD = {
    "fit_generator": "`fit` takes generators too",
    "evaluate_generator": "`evaluate` takes generators too",
    "predict_generator": "`predict` takes generators too",
    "predict_classes": "`np.argmax(model.predict(x), axis=-1)` gives class numbers",
    "predict_proba": "`predict` gives the probabilities",
    "add": "`Sequential([model, …])` puts layers behind it",
    "pop": "`Model(model.input, model.layers[-2].output)` leaves the last layer out",
}
_OF_SEQUENTIAL = frozenset({"add", "pop", "predict_classes", "predict_proba"})
"""What only a `Sequential` ever had."""
_REPLACED = {
    "fit_generator": "fit", "evaluate_generator": "evaluate", "predict_generator": "predict",
    "predict_proba": "predict",
}  # fmt: skip


class MissingMethod(Rule):
    """A method is called that the model does not have.

    Keras 3 has no `fit_generator`, `evaluate_generator`, `predict_generator`, `predict_classes` and
    `predict_proba`. `add` and `pop` are methods of a `Sequential`: a functional model, as those of
    `keras.applications` are, has neither. Python raises an `AttributeError`.

    Source: `Model` and `Trainer` in keras/src/models/model.py and keras/src/trainers/trainer.py.

    Bad:
        from keras import applications
        from keras.layers import Dense

        model = applications.MobileNetV2(include_top=False, weights=None, pooling="avg")
        model.add(Dense(3, activation="softmax"))  # finding

    Good:
        from keras import Sequential, applications
        from keras.layers import Dense

        model = Sequential()
        model.add(applications.MobileNetV2(include_top=False, weights=None, pooling="avg"))
        model.add(Dense(3, activation="softmax"))
    """

    code = "FL238"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look the method up."""
        if call.guarded or call.part or call.method not in _INSTEAD:
            return
        if call.model.kind is ModelKind.SUBCLASS:
            return
        is_gone = call.method not in ("add", "pop") and facts.eras == (Era.KERAS_3,)
        is_functional = call.model.kind is ModelKind.FUNCTIONAL
        if not is_gone and not (is_functional and call.method in _OF_SEQUENTIAL):
            return
        owner = "a functional model" if is_functional and not is_gone else "a model of Keras 3"
        yield Finding(
            call.site,
            f"{owner} has no `{call.method}`: {_INSTEAD[call.method]}",
            fix=_numbers_of_classes(call) if call.method == "predict_classes" else _renamed(call),
            help=f"Python says: object has no attribute '{call.method}'",
        )


def _numbers_of_classes(call: DataCall) -> NodeFix | None:
    """What `predict_classes` did: the largest of several numbers, or one number above a half.

    Source: `Sequential.predict_classes` in tf_keras/src/engine/sequential.py, TensorFlow 2.5.
    """
    node, alias = call.site.node, numpy_alias(call.site.source)
    shape = call.outputs[0] if len(call.outputs) == 1 else None
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute) or not shape:
        return None
    classes = shape[-1]
    asked = code_of(node.with_changes(func=node.func.with_changes(attr=cst.Name("predict"))))
    if classes == 1:
        text = f'({asked} > 0.5).astype("int32")'
    elif isinstance(classes, int) and alias is not None:
        text = f"{alias}.argmax({asked}, axis=-1)"
    else:
        return None
    edit = NodeEdit(call.site, Where.INSTEAD, text)
    return NodeFix(Applicability.SAFE, "Ask for the numbers of the classes", (edit,))


def _renamed(call: DataCall) -> NodeFix | None:
    """The method that does the same today, where it takes the arguments as they are written."""
    node, instead = call.site.node, _REPLACED.get(call.method)
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
        return None
    if instead is None or (len(node.args) > 1 and node.args[1].keyword is None):
        return None
    keywords = {argument.keyword.value for argument in node.args if argument.keyword is not None}
    taken = {*PARAMETERS[instead], "steps_per_epoch", "validation_steps", "steps"}
    if keywords - taken or any(argument.star for argument in node.args):
        return None
    edit = NodeEdit(site_of(call, node.func.attr), Where.INSTEAD, instead)
    return NodeFix(Applicability.SAFE, f"Call `{instead}`", (edit,))
