"""Screens of the explorer, each one question that a journalist asks of the corpus."""
