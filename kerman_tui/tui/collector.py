"""The collector of garbage, kept out of the way of the time between two keys."""

from __future__ import annotations

import gc

NEW_OBJECTS = 20_000
"""Objects made after which the collector looks at the young ones; 700 is for programs that wait for nobody."""


def spare_what_stands() -> None:
    """Have the collector pass over all that stands now, and look at what is new less often."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
    gc.enable()
