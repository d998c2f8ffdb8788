"""What holds for all tests."""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, settings

# A busy machine must not fail a test for being slow.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

# As the command line does it: syntax trees and facts are no garbage, and looking through those of
# all tests that have run takes longer than the tests.
gc.set_threshold(1_000_000, 20, 20)
