"""Windows: each composes components and decides nothing by itself."""
