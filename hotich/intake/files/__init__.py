"""The bytes of a file become grids of cells: formats, encodings, hidden cells, limits."""
