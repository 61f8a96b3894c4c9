"""Makes moto's certificates know who uses them.

moto 5.2.5 removes a certificate that load balancers serve, and never forgets that a listener once did.
"""

from moto.acm.models import AWSCertificateManagerBackend, CertBundle
from moto.core.exceptions import AWSError
from moto.elbv2.models import FakeListener, elbv2_backends

delete = AWSCertificateManagerBackend.delete_certificate


def serves(listener: FakeListener, arn: str) -> bool:
    # A listener that has become a plain one keeps its list in moto.
    return listener.protocol in ("HTTPS", "TLS") and arn in listener.certificates


def in_use_by(self: CertBundle) -> list[str]:
    """The load balancers whose listeners serve it."""
    _, _, _, region, account, *_ = self.arn.split(":")
    return [
        balancer.arn
        for balancer in list(elbv2_backends[account][region].load_balancers.values())
        if any(serves(listener, self.arn) for listener in list(balancer.listeners.values()))
    ]


def delete_certificate(self: AWSCertificateManagerBackend, arn: str) -> None:
    users = self.get_certificate(arn).in_use_by
    if users:
        message = f"Certificate {arn} is in use by {', '.join(users)}."
        raise AWSError(message, exception_type="ResourceInUseException")
    delete(self, arn)


def install() -> None:
    # moto keeps a list of its own, which it never shortens.
    CertBundle.in_use_by = property(in_use_by, lambda self, users: None)
    AWSCertificateManagerBackend.delete_certificate = delete_certificate
