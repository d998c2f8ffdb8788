"""The oracle's command line: judge programs with real Keras, compare the verdicts with flatlint.

python -m tests.oracle record                   refresh fixtures/oracle
python -m tests.oracle full DIRECTORY           judge every program, write one file a layer
python -m tests.oracle compare [DIRECTORY]      what flatlint says of recorded programs
"""

from __future__ import annotations

from tests.oracle.commands import main

if __name__ == "__main__":
    main()
