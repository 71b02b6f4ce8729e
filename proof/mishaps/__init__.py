"""The proof that nothing is lost and nothing half done: `make prove-faults`.

Operations on files fail one by one, commands are killed, releases are tampered with, inputs are damaged at random. What
came of it is written at the end of docs/faults.md. Offices and releases are those of the tests, and their helpers.
"""

import sys
from typing import Final

from hotich.storage.paths import PROJECT

TESTS: Final = PROJECT / "tests"
if str(TESTS) not in sys.path:
    sys.path.append(str(TESTS))
