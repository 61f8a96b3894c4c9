"""Makes moto look at what a listener is given, as Elastic Load Balancing does.

moto 5.2.5 takes any policy and certificate for a new listener, a second listener on a port, and certificates that are not issued. When a
listener is changed it forgets all certificates but the first.
"""

from typing import Any

from moto.acm.models import acm_backends
from moto.elbv2.exceptions import DuplicateListenerError, ELBClientError
from moto.elbv2.models import ELBv2Backend, FakeListener
from moto.elbv2.ssl_policies import SSL_POLICIES

make = ELBv2Backend.create_listener
modify = ELBv2Backend.modify_listener
add = ELBv2Backend.add_listener_certificates


def check_certificate(backend: ELBv2Backend, arn: str) -> None:
    if not backend._certificate_exists(arn):
        raise ELBClientError("CertificateNotFound", f"the certificate {arn} does not exist")
    known = acm_backends[backend.account_id][backend.region_name]._certificates.get(arn)
    if known is not None and known.status != "ISSUED":
        raise ELBClientError("UnsupportedCertificate", f"the certificate {arn} is {known.status}, and has to be ISSUED")


def create_listener(self: ELBv2Backend, **asked: Any) -> FakeListener:
    balancer = self.load_balancers.get(asked["load_balancer_arn"])
    if balancer and any(one.port == asked["port"] for one in balancer.listeners.values()):
        raise DuplicateListenerError()
    if asked["ssl_policy"] not in SSL_POLICIES:
        raise ELBClientError("SSLPolicyNotFound", f"the policy {asked['ssl_policy']} does not exist")
    if asked["certificate"]:
        check_certificate(self, asked["certificate"])
    return make(self, **asked)


def modify_listener(
    self: ELBv2Backend,
    arn: str,
    port: str | None = None,
    protocol: str | None = None,
    ssl_policy: str | None = None,
    certificates: list[dict[str, Any]] | None = None,
    actions: list[dict[str, Any]] | None = None,
) -> FakeListener:
    listener = self.describe_listeners(load_balancer_arn=None, listener_arns=[arn])[0]
    further = listener.certificates[1:]
    for one in certificates or []:
        check_certificate(self, one["CertificateArn"])
    changed = modify(self, arn, port, protocol, ssl_policy, certificates, actions)
    changed.certificates = [*changed.certificates[:1], *further]
    return changed


def add_certificates(self: ELBv2Backend, arn: str, certificates: list[dict[str, Any]]) -> list[str]:
    for one in certificates:
        check_certificate(self, one["CertificateArn"])
    return add(self, arn, certificates)


def install() -> None:
    ELBv2Backend.create_listener = create_listener
    ELBv2Backend.modify_listener = modify_listener
    ELBv2Backend.add_listener_certificates = add_certificates
