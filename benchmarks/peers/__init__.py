"""The same rulebook for other programs, each in a process and an environment of its own, so that all can be timed.

Only what is in the dependency group ``bench`` may be imported here, and of our own modules only what needs no more.
"""
