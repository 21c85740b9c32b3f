"""Attacks the readers with atheris, which looks for inputs that reach new code: ``attack.py SECONDS [READER …]``.

Each reader is attacked in a process of its own, and for an equal part of the time. What does harm is written to
``crash-*`` in the working folder; mended, it belongs into ``seeds/`` as a file of the reader's folder.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SLOWEST = 10
"""Seconds that one input may take."""
LARGEST = 8192
"""Bytes of an input; what only many of them can do is shown by tests of their own."""


def attack(name: str, seconds: int) -> None:
    """Attacks one reader in this process, and ends it."""
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]  # only where readers are attacked

    with atheris.instrument_imports(include=["assistant"]):
        from tests.fuzz.readers import READERS, examples
    with tempfile.TemporaryDirectory() as corpus:
        for number, example in enumerate(examples(name)):
            (Path(corpus) / str(number)).write_bytes(example)
        options = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-max_len={LARGEST}", "-rss_limit_mb=2048"]
        atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", "-verbosity=0", corpus], READERS[name])
        atheris.Fuzz()


def main() -> int:
    if os.environ.get("ATTACKED"):
        attack(os.environ["ATTACKED"], int(sys.argv[1]))
        return 0
    from tests.fuzz.readers import READERS

    names = sys.argv[2:] or list(READERS)
    failed = []
    memory = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        for name in names:
            ran = subprocess.run(
                [sys.executable, __file__, str(max(1, int(sys.argv[1]) // len(names)))],
                check=False,
                env={**os.environ, "ATTACKED": name, "TMPDIR": folder},
            )
            if ran.returncode:
                failed.append(name)
    sys.stdout.write(f"attacked: {', '.join(names)}; failed: {', '.join(failed) or 'none'}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
