"""One file a page, each a composition of the building blocks."""
