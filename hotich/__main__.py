"""`python -m hotich` is the same command as `hotich`."""

from hotich.cli.commands import main

if __name__ == "__main__":
    main()
