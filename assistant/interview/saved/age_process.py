"""Encrypt and decrypt; run as a script, do so in a process of its own.

pyrage holds Python's global lock for seconds while it works. If it ran in a thread, the program would react to no key
meanwhile, not even to the one that leaves. The script takes the folders to import from as arguments, reads a request
from standard input, and writes the answer to standard output. Passphrases and contents pass through these pipes only.
"""

import sys
from typing import Final

ENCRYPT: Final = b"encrypt"
DECRYPT: Final = b"decrypt"
DONE: Final = b"+"
FAILED: Final = b"-"


def request(order: bytes, passphrase: str, content: bytes) -> bytes:
    """Return a request as bytes: the order, the length of the passphrase in bytes, the passphrase, the content."""
    secret = passphrase.encode("utf-8", "surrogatepass")
    return b"%s %d\n%s%s" % (order, len(secret), secret, content)


def answer_to(request_bytes: bytes) -> bytes:
    """Carry out a request. Return :data:`DONE` and the content, or :data:`FAILED` and the message of pyrage."""
    from pyrage import DecryptError, EncryptError
    from pyrage import passphrase as by_passphrase

    head, _end, body = request_bytes.partition(b"\n")
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
