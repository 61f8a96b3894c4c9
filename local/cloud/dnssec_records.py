"""The DNSSEC records of a zone, which follow from its name and its public key (RFC 4034)."""

import base64
import hashlib
from typing import Any

# RFC 4034, 6605 and 8624: a secure entry point, the protocol that is always 3, ECDSA P-256 with SHA-256, and SHA-256.
FLAG, PROTOCOL, ALGORITHM, DIGEST = 257, 3, 13, 2


def record_data(public_key: bytes) -> bytes:
    """What follows the name and type of a DNSKEY record. An ECDSA key is its point, without the mark before it."""
    return FLAG.to_bytes(2, "big") + bytes([PROTOCOL, ALGORITHM]) + public_key


def key_tag(data: bytes) -> int:
    """RFC 4034, appendix B."""
    total = sum(byte << 8 if index % 2 == 0 else byte for index, byte in enumerate(data))
    return (total + (total >> 16)) & 0xFFFF


def digest(zone: str, data: bytes) -> str:
    labels = [label.encode() for label in zone.lower().strip(".").split(".")]
    name = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    return hashlib.sha256(name + data).hexdigest().upper()


def records(zone: str, public_key: bytes) -> dict[str, Any]:
    data = record_data(public_key)
    encoded = base64.b64encode(public_key).decode()
    tag, value = key_tag(data), digest(zone, data)
    return {
        "Flag": FLAG,
        "SigningAlgorithmMnemonic": "ECDSAP256SHA256",
        "SigningAlgorithmType": ALGORITHM,
        "DigestAlgorithmMnemonic": "SHA-256",
        "DigestAlgorithmType": DIGEST,
        "KeyTag": tag,
        "DigestValue": value,
        "PublicKey": encoded,
        "DSRecord": f"{tag} {ALGORITHM} {DIGEST} {value}",
        "DNSKEYRecord": f"{FLAG} {PROTOCOL} {ALGORITHM} {encoded}",
    }
