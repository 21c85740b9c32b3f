"""Ctrl+C while the program is still being imported."""

import signal
import subprocess
import sys

SLOWLY = """
import runpy, sys, time
class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "assistant.cli":
            print("importing", flush=True)
            time.sleep(30)
sys.meta_path.insert(0, Slow())
sys.argv = ["assistant", "check"]
runpy.run_module("assistant", run_name="__main__")
"""


def test_an_interruption_during_the_imports_ends_it_without_a_traceback() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOWLY], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"importing\n"
        process.send_signal(signal.SIGINT)
        _out, errors = process.communicate()
    assert process.returncode == -signal.SIGINT
    assert errors == b""
