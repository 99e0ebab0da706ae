"""Random input against what must always hold: ``python3 tasks.py fuzz``. Nothing of the program imports this."""
