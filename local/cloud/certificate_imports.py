"""Makes moto refuse to import what ACM refuses.

moto 5.2.5 takes a certificate with the key or the chain of another, and forgets the tags of one that is imported again. The rules
are those of https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html.
"""

from itertools import pairwise
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509 import Certificate, load_pem_x509_certificates
from moto.acm.exceptions import AWSValidationException
from moto.acm.models import AWSCertificateManagerBackend, CertBundle

make = CertBundle.__init__
take = AWSCertificateManagerBackend.import_certificate


def make_bundle(self: CertBundle, *args: Any, chain: bytes | None = None, **kwargs: Any) -> None:
    make(self, *args, chain=chain, **kwargs)
    if self.type == "IMPORTED":
        verify(self, load_pem_x509_certificates(chain) if chain else [])
        # moto adds a root certificate.
        self.chain = chain or b""


def is_issued_by(certificate: Certificate, issuer: Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
        return True
    except (InvalidSignature, TypeError, ValueError):
        return False


def verify(bundle: CertBundle, chain: list[Certificate]) -> None:
    certificate, key = bundle._cert, bundle._key
    if bundle.cert.count(b"BEGIN CERTIFICATE") > 1:
        raise AWSValidationException("The certificate field holds more than one certificate; the others belong into the chain.")
    if not isinstance(key, (RSAPrivateKey, EllipticCurvePrivateKey)):
        raise AWSValidationException("The private key is neither RSA nor ECDSA, and so not supported.")
    if key.public_key() != certificate.public_key():
        raise AWSValidationException("The private key does not belong to the certificate.")
    if not chain and not is_issued_by(certificate, certificate):
        raise AWSValidationException("The certificate is not self-signed; it needs the chain of those who issued it.")
    if not all(is_issued_by(*pair) for pair in pairwise([certificate, *chain])):
        raise AWSValidationException("Could not validate the certificate with the certificate chain.")


def key_algorithm(bundle: CertBundle) -> str:
    return bundle.describe()["Certificate"]["KeyAlgorithm"]


def import_certificate(self: AWSCertificateManagerBackend, *args: Any, arn: str | None, tags: Any, **kwargs: Any) -> str:
    before = self._certificates.get(arn) if arn else None
    if before is None:
        return take(self, *args, arn=arn, tags=tags, **kwargs)
    if before.type != "IMPORTED":
        raise AWSValidationException(f"{arn} was not imported, so nothing can be imported in its place.")
    if tags:
        raise AWSValidationException("Tags cannot be given where a certificate is imported again.")
    take(self, *args, arn=arn, tags=tags, **kwargs)
    made = self._certificates[arn]
    if key_algorithm(made) != key_algorithm(before):
        self._certificates[arn] = before
        raise AWSValidationException("The type and the size of the key cannot change where a certificate is imported again.")
    made.tags = before.tags
    return arn


def install() -> None:
    CertBundle.__init__ = make_bundle
    AWSCertificateManagerBackend.import_certificate = import_certificate
