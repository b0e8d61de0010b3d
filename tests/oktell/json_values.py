"""Values of every shape that a server could send."""

from __future__ import annotations

from hypothesis import strategies as st

from ctidesk.oktell.record import Json

scalars: st.SearchStrategy[Json] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["0", "false", "5", "102", "lsCommutated", "00000000-0000-0000-0000-000000000000", "conf-1"]),
)
json_values: st.SearchStrategy[Json] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
