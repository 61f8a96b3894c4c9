/** Settings of a listener beyond what it does with a request: headers that it renames or adds. */
import type { Attribute } from "../attributes.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html */
const HEADERS: readonly Attribute[] = [
  [
    "routingHttpRequestXAmznMtlsClientcertHeaderName",
    "routing.http.request.x_amzn_mtls_clientcert.header_name",
    "text",
  ],
  [
    "routingHttpRequestXAmznMtlsClientcertIssuerHeaderName",
    "routing.http.request.x_amzn_mtls_clientcert_issuer.header_name",
    "text",
  ],
  [
    "routingHttpRequestXAmznMtlsClientcertLeafHeaderName",
    "routing.http.request.x_amzn_mtls_clientcert_leaf.header_name",
    "text",
  ],
  [
    "routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName",
    "routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name",
    "text",
  ],
  [
    "routingHttpRequestXAmznMtlsClientcertSubjectHeaderName",
    "routing.http.request.x_amzn_mtls_clientcert_subject.header_name",
    "text",
  ],
  [
    "routingHttpRequestXAmznMtlsClientcertValidityHeaderName",
    "routing.http.request.x_amzn_mtls_clientcert_validity.header_name",
    "text",
  ],
  [
    "routingHttpRequestXAmznTlsCipherSuiteHeaderName",
    "routing.http.request.x_amzn_tls_cipher_suite.header_name",
    "text",
  ],
  ["routingHttpRequestXAmznTlsVersionHeaderName", "routing.http.request.x_amzn_tls_version.header_name", "text"],
  [
    "routingHttpResponseAccessControlAllowCredentialsHeaderValue",
    "routing.http.response.access_control_allow_credentials.header_value",
    "text",
  ],
  [
    "routingHttpResponseAccessControlAllowHeadersHeaderValue",
    "routing.http.response.access_control_allow_headers.header_value",
    "text",
  ],
  [
    "routingHttpResponseAccessControlAllowMethodsHeaderValue",
    "routing.http.response.access_control_allow_methods.header_value",
    "text",
  ],
  [
    "routingHttpResponseAccessControlAllowOriginHeaderValue",
    "routing.http.response.access_control_allow_origin.header_value",
    "text",
  ],
  [
    "routingHttpResponseAccessControlExposeHeadersHeaderValue",
    "routing.http.response.access_control_expose_headers.header_value",
    "text",
  ],
  [
    "routingHttpResponseAccessControlMaxAgeHeaderValue",
    "routing.http.response.access_control_max_age.header_value",
    "text",
  ],
  [
    "routingHttpResponseContentSecurityPolicyHeaderValue",
    "routing.http.response.content_security_policy.header_value",
    "text",
  ],
  ["routingHttpResponseServerEnabled", "routing.http.response.server.enabled", "flag"],
  [
    "routingHttpResponseStrictTransportSecurityHeaderValue",
    "routing.http.response.strict_transport_security.header_value",
    "text",
  ],
  [
    "routingHttpResponseXContentTypeOptionsHeaderValue",
    "routing.http.response.x_content_type_options.header_value",
    "text",
  ],
  ["routingHttpResponseXFrameOptionsHeaderValue", "routing.http.response.x_frame_options.header_value", "text"],
];

const CONNECTIONS: readonly Attribute[] = [["tcpIdleTimeoutSeconds", "tcp.idle_timeout.seconds", "number"]];

/** Headers are of HTTP, connections of the protocols below it. */
export const attributesOf = (protocol: string | undefined): readonly Attribute[] =>
  /^HTTPS?$/i.test(protocol ?? "") ? HEADERS : CONNECTIONS;
