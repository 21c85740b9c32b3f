"""Who is let in, and what every answer of the server forbids the browser.

Three secrets, all of them new whenever the server starts. The *token* stands in the address that is printed; who shows
it gets the *pass*, as a cookie, and is sent on to the *room*, where everything else is. A browser sends cookies to
every port of a machine, so another server here could read the pass if it were valid everywhere; it is for one path,
which that server would have to guess.
"""

import secrets
from typing import Final

from aiohttp import hdrs, web

COOKIE: Final = "pass"

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in ("camera", "clipboard-read", "clipboard-write", "display-capture", "geolocation", "microphone")
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Frame-Options": "DENY",
}
_NOTHING: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


class Guard:
    """Knows the secrets and the names of this server."""

    def __init__(self, port: int) -> None:
        self.token = secrets.token_urlsafe(32)
        self.room = secrets.token_urlsafe(32)
        self._pass = secrets.token_urlsafe(32)
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    def is_local(self, request: web.Request) -> bool:
        """Whether a request was meant for this server, and was made by hand or by a page of this server.

        A name that an attacker has made to point here, a page of another site, and one on another port of this machine
        give themselves away by what the browser says of them.
        """
        host, origin = request.headers.get(hdrs.HOST, ""), request.headers.get(hdrs.ORIGIN)
        return (
            host in self._hosts
            and origin in {None, f"http://{host}"}
            and request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}
        )

    def invites(self, request: web.Request) -> bool:
        """Whether a request shows the token."""
        return _same(request.match_info["token"], self.token)

    def admits(self, request: web.Request) -> bool:
        """Whether a request shows the pass, in the room."""
        return _same(request.match_info["room"], self.room) & _same(request.cookies.get(COOKIE, ""), self._pass)

    def let_in(self) -> web.Response:
        """What gives a browser the pass and sends it to the room, so that the token leaves the address bar."""
        answer = web.Response(status=303, headers={hdrs.LOCATION: f"/{self.room}/"})
        answer.set_cookie(COOKIE, self._pass, path=f"/{self.room}/", httponly=True, samesite="Strict")
        return answer


def turned_away() -> web.Response:
    """What everybody gets who is not let in, and who asks for what is not there: nothing that tells them apart."""
    return web.Response(status=404, text="Not found.\n")


def forbid(response: web.StreamResponse) -> None:
    """Puts on a response what it forbids the browser, unless it says something stricter or looser of its own."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Security-Policy", f"{_NOTHING}; sandbox")
    # Which program this is, and of which version, is nobody's business.
    response.headers.popall(hdrs.SERVER, None)


def policy_for_terminal(request: web.Request, nonce: str) -> str:
    """The policy of the page with the terminal: own scripts, styles and fonts, and a connection back to this server.

    xterm.js makes style elements of its own; the page's script puts the nonce on them. Sandboxed, the page can neither
    open windows nor download. The socket's address is spelt out for browsers to whom 'self' means http only.
    """
    return (
        f"{_NOTHING}; script-src 'self'; style-src 'self' 'nonce-{nonce}'; font-src 'self'; "
        f"connect-src 'self' ws://{request.host}; sandbox allow-scripts allow-same-origin"
    )


def policy_for_text() -> str:
    """The policy of a page with nothing but text, a style sheet and links."""
    return f"{_NOTHING}; style-src 'self'; font-src 'self'; sandbox allow-same-origin"


def _same(shown: str, secret: str) -> bool:
    # A header may hold bytes that are no text; they are as wrong as any other.
    return secrets.compare_digest(shown.encode(errors="surrogatepass"), secret.encode())
