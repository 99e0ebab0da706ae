"""The explorer: screens and widgets over the corpus."""
