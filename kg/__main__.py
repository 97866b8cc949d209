"""`python -m kg`: the same as the command `kg`."""

from kg.cli import main

if __name__ == "__main__":  # a process that fills documents imports this module too
    main()
