"""The public Python API: load a rulebook, assess answers, ask why, evaluate a table.

It adds to the packages below what a caller from outside needs: answers are checked, and problems have places. The
package ``assistant`` exports its names; only they are stable.
"""
