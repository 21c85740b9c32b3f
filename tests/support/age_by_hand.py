"""The age format with a passphrase, from its specification alone, in plain Python: slow, independent, cheap to open.

https://age-encryption.org/v1 (C2SP), RFC 8439 (ChaCha20-Poly1305), RFC 5869 (HKDF). The tests make files with it whose
scrypt costs nothing, and open with it what the program has sealed.
"""

import base64
import hashlib
import hmac
import struct
from typing import Final

_CHUNK: Final = 64 * 1024
_WORD: Final = 0xFFFFFFFF
_ROUND: Final = (
    (0, 4, 8, 12),
    (1, 5, 9, 13),
    (2, 6, 10, 14),
    (3, 7, 11, 15),
    (0, 5, 10, 15),
    (1, 6, 11, 12),
    (2, 7, 8, 13),
    (3, 4, 9, 14),
)


def age_encrypted(plain: bytes, passphrase: str, work: int = 1) -> bytes:
    """A file whose scrypt has the cost 2^work; salts and keys are constant, because nothing here is secret."""
    file_key, salt, nonce = b"k" * 16, b"s" * 16, b"n" * 16
    wrapped = _sealed(_wrapping_key(passphrase, salt, work), bytes(12), file_key)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_text(salt), work, _text(wrapped))
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    key = _derived(file_key, nonce, b"payload")
    chunks = [plain[at : at + _CHUNK] for at in range(0, len(plain), _CHUNK)] or [b""]
    body = b"".join(_sealed(key, _chunk_nonce(at, len(chunks)), chunk) for at, chunk in enumerate(chunks))
    return header + b" " + _text(mac) + b"\n" + nonce + body


def age_decrypted(content: bytes, passphrase: str) -> bytes:
    """The contents of a file; it is checked as far as its header and the tags of its chunks go.

    Raises:
        ValueError: if a tag does not fit.
    """
    head, body = content.split(b"\n--- ", 1)
    _version, stanza, wrapped = head.split(b"\n")
    _arrow, _scrypt, salt, work = stanza.split(b" ")
    mac, body = body.split(b"\n", 1)
    file_key = _opened(_wrapping_key(passphrase, _bytes(salt), int(work)), bytes(12), _bytes(wrapped))
    if hmac.digest(_derived(file_key, b"", b"header"), head + b"\n---", "sha256") != _bytes(mac):
        raise ValueError
    nonce, body = body[:16], body[16:]
    key = _derived(file_key, nonce, b"payload")
    chunks = [body[at : at + _CHUNK + 16] for at in range(0, len(body), _CHUNK + 16)]
    return b"".join(_opened(key, _chunk_nonce(at, len(chunks)), chunk) for at, chunk in enumerate(chunks))


def _wrapping_key(passphrase: str, salt: bytes, work: int) -> bytes:
    salted = b"age-encryption.org/v1/scrypt" + salt
    return hashlib.scrypt(passphrase.encode(), salt=salted, n=2**work, r=8, p=1, maxmem=2**31 - 1, dklen=32)


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return hmac.digest(hmac.digest(salt or bytes(32), key, "sha256"), info + b"\x01", "sha256")


def _chunk_nonce(at: int, count: int) -> bytes:
    return at.to_bytes(11, "big") + (b"\x01" if at == count - 1 else b"\x00")


def _text(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def _sealed(key: bytes, nonce: bytes, plain: bytes) -> bytes:
    coded = _chacha(key, 1, nonce, plain)
    return coded + _tag(key, nonce, coded)


def _opened(key: bytes, nonce: bytes, content: bytes) -> bytes:
    if _tag(key, nonce, content[:-16]) != content[-16:]:
        raise ValueError
    return _chacha(key, 1, nonce, content[:-16])


def _chacha(key: bytes, counter: int, nonce: bytes, plain: bytes) -> bytes:
    blocks = (_block(key, counter + at, nonce) for at in range(-(-len(plain) // 64)))
    stream = b"".join(blocks)[: len(plain)]
    return (int.from_bytes(plain, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(plain), "big")


def _block(key: bytes, counter: int, nonce: bytes) -> bytes:
    begun = [*struct.unpack("<4I", b"expand 32-byte k"), *struct.unpack("<8I", key), counter]
    begun += struct.unpack("<3I", nonce)
    state = list(begun)
    for _double_round in range(10):
        for a, b, c, d in _ROUND:
            for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                state[x] = (state[x] + state[y]) & _WORD
                turned = state[z] ^ state[x]
                state[z] = (turned << turn | turned >> (32 - turn)) & _WORD
    return struct.pack("<16I", *((one + other) & _WORD for one, other in zip(state, begun, strict=True)))


def _tag(key: bytes, nonce: bytes, coded: bytes) -> bytes:
    once = _block(key, 0, nonce)
    clamped = int.from_bytes(once[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    told = coded + bytes(-len(coded) % 16) + struct.pack("<QQ", 0, len(coded))
    total = 0
    for at in range(0, len(told), 16):
        total = (total + int.from_bytes(told[at : at + 16] + b"\x01", "little")) * clamped % (2**130 - 5)
    return ((total + int.from_bytes(once[16:32], "little")) % 2**128).to_bytes(16, "little")
