/** Settings of a load balancer, by its type. */
import type { Attribute } from "../attributes.ts";

const COMMON: readonly Attribute[] = [
  ["accessLogs.bucket", "access_logs.s3.bucket", "text"],
  ["accessLogs.enabled", "access_logs.s3.enabled", "flag"],
  ["accessLogs.prefix", "access_logs.s3.prefix", "text"],
  ["enableCrossZoneLoadBalancing", "load_balancing.cross_zone.enabled", "flag"],
  ["enableDeletionProtection", "deletion_protection.enabled", "flag"],
  ["enableZonalShift", "zonal_shift.config.enabled", "flag"],
];

const APPLICATION: readonly Attribute[] = [
  ["clientKeepAlive", "client_keep_alive.seconds", "number"],
  ["connectionLogs.bucket", "connection_logs.s3.bucket", "text"],
  ["connectionLogs.enabled", "connection_logs.s3.enabled", "flag"],
  ["connectionLogs.prefix", "connection_logs.s3.prefix", "text"],
  ["desyncMitigationMode", "routing.http.desync_mitigation_mode", "text"],
  ["dropInvalidHeaderFields", "routing.http.drop_invalid_header_fields.enabled", "flag"],
  ["enableHttp2", "routing.http2.enabled", "flag"],
  ["enableTlsVersionAndCipherSuiteHeaders", "routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "flag"],
  ["enableWafFailOpen", "waf.fail_open.enabled", "flag"],
  ["enableXffClientPort", "routing.http.xff_client_port.enabled", "flag"],
  ["idleTimeout", "idle_timeout.timeout_seconds", "number"],
  ["preserveHostHeader", "routing.http.preserve_host_header.enabled", "flag"],
  ["xffHeaderProcessingMode", "routing.http.xff_header_processing.mode", "text"],
];

const NETWORK: readonly Attribute[] = [["dnsRecordClientRoutingPolicy", "dns_record.client_routing_policy", "text"]];

/** An application load balancer spreads over the zones by itself: for it the switch is only the provider's. */
export function attributesOf(type: string | undefined): readonly Attribute[] {
  if (type === "network") return [...COMMON, ...NETWORK];
  return [...COMMON.filter(([property]) => property !== "enableCrossZoneLoadBalancing"), ...APPLICATION];
}
