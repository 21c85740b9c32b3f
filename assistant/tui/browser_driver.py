"""The driver of a questionnaire in a browser: it speaks over two pipes with the server that the browser talks to.

The packets are those of textual-serve. Of what Textual's own web driver can do, this one leaves out everything that
reaches beyond the screen: opening addresses, delivering files, and living on when nobody is at the other end.
"""

import os
import threading
import time
from typing import Any, Final

from textual import events
from textual.app import App
from textual.drivers.web_driver import WebDriver

MOST_SECONDS_TO_END: Final = 2
"""How long the program may take to end once the server is gone."""

MOST_WAITING: Final = 100
"""Events that may wait for the program. Past that nothing more is read, so that a flood fills no memory."""


class BrowserDriver(WebDriver):
    """Draws to standard output and reads from standard input; ends the program when the input ends."""

    def run_input_thread(self) -> None:
        """Reads until the input ends, then sees to it that the program does, whatever it is doing."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            end = threading.Timer(MOST_SECONDS_TO_END, os._exit, [0])
            end.daemon = True
            end.start()
            self._loop.call_soon_threadsafe(self._app.exit)

    def process_message(self, message: events.Event) -> None:
        """Hands an event to the program, when there is room for it."""
        while self._app.message_queue_size > MOST_WAITING and not self.exit_event.is_set():
            time.sleep(0.01)
        super().process_message(message)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Minds the size and the focus, and nothing else that the web driver would do on request."""
        if packet_type in {"resize", "focus", "blur"}:
            super().on_meta(packet_type, payload)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Does nothing: an opened address stays in the browser's history."""

    def deliver_binary(self, *_args: Any, **_options: Any) -> None:
        """Does nothing: a download stays in the browser's list."""


def driver_for(columns: int, lines: int) -> type[BrowserDriver]:
    """The driver for a screen that begins with this size, which it would else look for in the environment."""

    class Sized(BrowserDriver):
        def __init__(
            self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
        ) -> None:
            super().__init__(app, debug=debug, mouse=mouse, size=size or (columns, lines))

    return Sized
