"""Documents that a text comes in, as blocks: paragraphs, and rows of tables."""
