"""One file's bytes become grids of text: formats, encodings, hidden cells, limits."""
