"""kerman-tui: a terminal explorer for news articles."""

__version__ = "0.1.0"
