import type { Balancer, Listener } from "../account/account.ts";
import { literally, word } from "./text.ts";

/** What listeners can add to every answer, by the attribute that has its value. */
const RESPONSE_HEADERS = {
  "routing.http.response.strict_transport_security.header_value": "Strict-Transport-Security",
  "routing.http.response.access_control_allow_origin.header_value": "Access-Control-Allow-Origin",
  "routing.http.response.access_control_allow_methods.header_value": "Access-Control-Allow-Methods",
  "routing.http.response.access_control_allow_headers.header_value": "Access-Control-Allow-Headers",
  "routing.http.response.access_control_allow_credentials.header_value": "Access-Control-Allow-Credentials",
  "routing.http.response.access_control_expose_headers.header_value": "Access-Control-Expose-Headers",
  "routing.http.response.access_control_max_age.header_value": "Access-Control-Max-Age",
  "routing.http.response.content_security_policy.header_value": "Content-Security-Policy",
  "routing.http.response.x_content_type_options.header_value": "X-Content-Type-Options",
  "routing.http.response.x_frame_options.header_value": "X-Frame-Options",
};

/** What a listener changes in requests on their way to targets: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html */
export function requestHeaders({ attributes }: Balancer, { port, protocol }: Listener): string[] {
  const on = (name: string) => attributes[name] === "true";
  const client = on("routing.http.xff_client_port.enabled") ? "%[src]:%[src_port]" : "%[src]";
  return [
    // Before its own are set: AWS's rule for names is letters, digits and dashes.
    ...(on("routing.http.drop_invalid_header_fields.enabled")
      ? ["http-request del-header '[^-A-Za-z0-9]' -m reg"]
      : []),
    ...forwardedFor(attributes["routing.http.xff_header_processing.mode"] ?? "append", client),
    `http-request set-header X-Forwarded-Proto ${protocol.toLowerCase()}`,
    `http-request set-header X-Forwarded-Port ${port}`,
    "http-request set-header X-Amzn-Trace-Id 'Root=1-%{+X}Ts-%[uuid(),regsub(-,,g),bytes(0,24)]' unless { req.hdr(X-Amzn-Trace-Id) -m found }",
    ...(on("routing.http.x_amzn_tls_version_and_cipher_suite.enabled") && protocol === "HTTPS"
      ? [
          "http-request set-header X-Amzn-Tls-Version %[ssl_fc_protocol]",
          "http-request set-header X-Amzn-Tls-Cipher-Suite %[ssl_fc_cipher]",
        ]
      : []),
  ];
}

function forwardedFor(mode: string, client: string): string[] {
  if (mode === "preserve") return [];
  if (mode === "remove") return ["http-request del-header X-Forwarded-For"];
  const isThere = "{ req.fhdr(X-Forwarded-For) -m found }";
  return [
    `http-request set-header X-Forwarded-For '%[req.fhdr(X-Forwarded-For)], ${client}' if ${isThere}`,
    `http-request set-header X-Forwarded-For ${client} unless ${isThere}`,
  ];
}

/** What a listener changes in answers, its own included. */
export function responseHeaders({ attributes }: Listener): string[] {
  const added = Object.entries(RESPONSE_HEADERS).flatMap(([attribute, header]) => {
    const value = attributes[attribute] ?? "";
    return value === "" ? [] : [`http-after-response set-header ${header} ${word(literally(value))}`];
  });
  const isNameless = attributes["routing.http.response.server.enabled"] === "false";
  return [...added, ...(isNameless ? ["http-after-response del-header Server"] : [])];
}
