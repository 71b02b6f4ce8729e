"""The data folder of a new office, made from the gazetteer, and what a data folder tells about itself."""
