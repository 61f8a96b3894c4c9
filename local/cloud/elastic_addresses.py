"""Gives Elastic IP addresses that could be anybody's.

moto 5.2.5 draws them from 127.0.0.0/8, which never leaves a machine. These are from the block for benchmarks (RFC 2544): routers of
the internet do not carry it either, and the networks that `make live` makes do.
"""

import ipaddress
import random

from moto.ec2.models import elastic_ip_addresses

BLOCK = ipaddress.ip_network("198.18.0.0/15")


def address() -> str:
    return str(BLOCK[random.randrange(1, BLOCK.num_addresses - 1)])


def install() -> None:
    elastic_ip_addresses.random_ip = address
