"""The slow part, encrypting and decrypting, in a process of its own.

pyrage holds Python's global lock while it works, for seconds: in a thread, no key would be heard meanwhile, not even
the one that leaves. Run as a script, it takes the folders to import from as arguments, a request on standard input, and
gives the answer on standard output. Passphrases and contents pass through these pipes only.
"""

import sys
from typing import Final

ENCRYPT: Final = b"encrypt"
DECRYPT: Final = b"decrypt"
DONE: Final = b"+"
FAILED: Final = b"-"


def request(order: bytes, passphrase: str, content: bytes) -> bytes:
    """What the process is asked to do, as bytes."""
    secret = passphrase.encode("utf-8", "surrogatepass")
    return b"%s %d\n%s%s" % (order, len(secret), secret, content)


def answer_to(asked: bytes) -> bytes:
    """What comes of a request: :data:`DONE` and the contents, or :data:`FAILED` and what pyrage says about it."""
    from pyrage import DecryptError, EncryptError
    from pyrage import passphrase as by_passphrase

    head, _end, body = asked.partition(b"\n")
    order, length = head.split()
    secret, content = body[: int(length)], body[int(length) :]
    work = by_passphrase.encrypt if order == ENCRYPT else by_passphrase.decrypt
    try:
        return DONE + bytes(work(content, secret.decode("utf-8", "replace")))
    except (DecryptError, EncryptError) as error:
        return FAILED + str(error).encode()


def _main() -> None:
    sys.path += sys.argv[1:]
    from assistant.system.core_dump import forbid_core_dumps

    forbid_core_dumps()
    sys.stdout.buffer.write(answer_to(sys.stdin.buffer.read()))


if __name__ == "__main__":
    _main()
