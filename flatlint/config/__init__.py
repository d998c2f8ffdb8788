"""What a user can choose, where it is written, and what a project says about its Keras."""

from flatlint.config.configuration import CommandLine, Configuration, Configurations
from flatlint.config.eras import ProjectEras
from flatlint.config.errors import ConfigurationError
from flatlint.config.project_era import project_eras
from flatlint.config.selection import RuleSelection, unknown_selectors
from flatlint.config.settings import KEYS, OutputFormat, RuleChoice, Settings

__all__ = [
    "KEYS",
    "CommandLine",
    "Configuration",
    "ConfigurationError",
    "Configurations",
    "OutputFormat",
    "ProjectEras",
    "RuleChoice",
    "RuleSelection",
    "Settings",
    "project_eras",
    "unknown_selectors",
]
