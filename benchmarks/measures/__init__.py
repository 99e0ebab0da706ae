"""One file a measure, each with ``measure(inputs)``: what to run in, rows and what was left out come out.

Functions that ``processes.call`` names run in a process of their own and return what JSON can hold.
"""
