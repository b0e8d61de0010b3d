"""Python imports this at its start, in each program of a test run (`tests/conftest.py` sets the path)."""

# By name, for type checkers know the module beside this one as a part of the tests.
__import__("planted").plant()
