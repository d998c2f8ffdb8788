"""Ready-made models of `keras.applications`: their layers, for the arguments of a call."""

from flatlint.catalogue.applications.application import Application, ApplicationLayer
from flatlint.catalogue.applications.building import build_application
from flatlint.catalogue.applications.recorded import has_layers

__all__ = ["Application", "ApplicationLayer", "build_application", "has_layers"]
