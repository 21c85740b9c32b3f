"""Write the result of a command to the file that the user named, or else to standard output."""

from pathlib import Path

from assistant.documents.atomic_file import write_whole
from assistant.documents.problem import InputError
from assistant.system.output import write_data


def write_result(content: str | bytes, output: Path | None) -> None:
    """Write data to a new file, or to standard output.

    Raises:
        InputError: if the file exists, or cannot be written.
        OSError: if standard output cannot be written.
    """
    if output is None:
        write_data(content)
    elif problem := write_whole(output, content):
        raise InputError([problem])
