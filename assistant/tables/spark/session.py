"""Start Spark if it is installed; report its failures by their error condition, which never quotes data."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from assistant.system.language import _

_SETTINGS: Final = {
    # Its web page shows the running queries to the whole network.
    "spark.ui.enabled": "false",
    # This program reports errors; the log would quote plans and paths, and perhaps more.
    "spark.log.level": "OFF",
    "spark.hadoop.fs.permissions.umask-mode": "077",
    # Nothing is guessed: `Left` is not `left`, and the folder `days=011` means the text 011.
    "spark.sql.caseSensitive": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
}
_UNLESS_CONFIGURED: Final = {
    # Java does not compile methods with more bytecode than this. Spark writes such methods for long queries, and
    # interpreted they take many times as long. With this limit it writes many short methods instead.
    "spark.sql.codegen.hugeMethodLimit": "8000",
}
"""Settings that make these queries faster, unless the user has configured them otherwise."""
_SILENT: Final = Path(__file__).with_name("log4j2.properties")
_ON_THIS_MACHINE: Final = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # Instead of 200, each of which costs some milliseconds even if it is empty.
    "spark.sql.shuffle.partitions": "8",
    # Else Spark logs to standard error before it knows the log level above.
    "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={_SILENT.as_uri()}",
}


class SparkMissingError(Exception):
    """Spark cannot be started; carries a message for the user."""


class SparkFailedError(Exception):
    """Spark failed while it ran; carries a message with its error condition."""

    def __init__(self, condition: str) -> None:
        super().__init__(_("Spark failed: {reason}.").format(reason=condition))


@contextlib.contextmanager
def spark_session(master: str) -> Iterator[Any]:
    """Open a session with a Spark master, and stop it at the end.

    Raises:
        SparkMissingError: if Spark or Java is missing, or the master does not answer.
        SparkFailedError: if Spark fails while the session is used.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        message = _("Spark is not installed. Install it with: {command}")
        raise SparkMissingError(message.format(command="pip install '.[spark]'")) from error
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        raise SparkMissingError(_("Spark needs Java, which is not installed: version 17 or 21 suits it."))
    builder = SparkSession.builder.master(master).appName("legal-status-assistant")
    local = master == "local" or master.startswith("local[")
    watched = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    for key, value in {**_SETTINGS, **watched, **(_ON_THIS_MACHINE if local else {})}.items():
        builder = builder.config(key, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        message = _("Spark cannot be started with the master {master}: {reason}.")
        raise SparkMissingError(message.format(master=master, reason=_condition(error))) from error
    for key, value in _UNLESS_CONFIGURED.items():
        if not spark.sparkContext.getConf().contains(key):
            spark.conf.set(key, value)
    try:
        yield spark
    except (PySparkException, Py4JError) as error:
        raise SparkFailedError(_condition(error)) from error
    finally:
        spark.stop()


def _condition(error: Exception) -> str:
    """Return Spark's error condition, such as ``PATH_NOT_FOUND``, or else the class of the error."""
    condition = getattr(error, "getCondition", lambda: None)()
    return str(condition or type(error).__name__)
