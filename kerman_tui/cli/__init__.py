"""The commands of the command line: the same core as the explorer, printed as tables or JSON."""
