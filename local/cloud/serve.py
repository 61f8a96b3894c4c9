"""Serves moto on a free loopback port and prints that port as its only line on standard output.

The command line names the checkout's local directory, by which `make clean` knows this process as its own. moto's own
command cannot listen on port 0, and choosing a port for it beforehand would be a race between checkouts.
"""

import os
import signal
import sys

# What is imported from beside this file must leave nothing in the checkout.
sys.dont_write_bytecode = True

import balancer_logs
import bucket_lifecycles
import bucket_policies
import budgets
import certificate_imports
import certificates
import certificates_in_use
import composite_alarms
import database_groups
import database_replicas
import databases
import dnssec
import elastic_addresses
import flow_logs
import health_checks
import inside
import listeners
import log_groups
import owner
import record_sets
import scaling_groups
import target_health
import terminated_targets
import topics
import web_acl_associations
import web_acl_logging
import web_acls
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

# In this order: what makes replicas behave builds upon what makes databases behave.
for part in (
    balancer_logs,
    bucket_lifecycles,
    bucket_policies,
    budgets,
    certificates,
    certificate_imports,
    certificates_in_use,
    composite_alarms,
    databases,
    database_replicas,
    database_groups,
    dnssec,
    elastic_addresses,
    flow_logs,
    health_checks,
    listeners,
    log_groups,
    record_sets,
    scaling_groups,
    target_health,
    terminated_targets,
    topics,
    web_acls,
    web_acl_associations,
    web_acl_logging,
):
    part.install()

server = make_server(
    "127.0.0.1",
    0,
    inside.before(DomainDispatcherApplication(create_backend_app)),
    threaded=True,
    request_handler=MotoRequestHandler,
)
os.environ["MOTO_PORT"] = str(server.server_port)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
owner.end_with()

print(server.server_port, flush=True)
os.dup2(2, 1)
server.serve_forever()
