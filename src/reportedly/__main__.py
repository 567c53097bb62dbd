"""``python -m reportedly`` is the same as ``reportedly``."""

from reportedly.cli.app import main

if __name__ == "__main__":
    main()
