"""How pages come about: check a month, compute its facts, run the notebooks, put the whole draft in place."""
