"""The program as a process: ``assistant``, or ``python -m assistant``."""

import signal
import sys


def main() -> int:
    """Run the program. Until it can handle an interruption itself, one ends it without a traceback."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from assistant.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
