"""Names of Keras without a model of their own: layer classes, ready-made models, or the unknown."""

from __future__ import annotations

from flatlint.catalogue.names import resolve_application, resolve_layer, spelling_of
from flatlint.evaluation.base import Arguments, Interpreter, answers_for
from flatlint.evaluation.libraries.keras.creating import create_layer
from flatlint.evaluation.values import Value
from flatlint.graph import WhyUnknown


@answers_for("keras")
def call_keras(run: Interpreter, path: str, arguments: Arguments) -> Value:
    """What calling the name gives, as far as the eras of the file have it."""
    class_name = resolve_layer(path, run.eras)
    if class_name is not None:
        return create_layer(run, class_name, arguments, spelling_of(path))
    application = resolve_application(path, run.eras)
    if application is not None:
        # Few programs use a ready-made model, and what is known of them is a lot to import.
        from flatlint.evaluation.libraries.keras.models.applications import make_application

        return make_application(run, application, arguments)
    return run.unknown(WhyUnknown.NOT_MODELLED, path)
