"""`python -m flatlint` is the command `flatlint`."""

import sys

from flatlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
