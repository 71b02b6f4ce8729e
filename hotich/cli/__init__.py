"""The `hotich` command: words in, words and exit codes out."""
