"""Files as offices send them, made by code: `makers` writes grids as files, `stories` tells what becomes of them."""
