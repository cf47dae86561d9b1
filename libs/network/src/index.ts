export { createTransport, type PeerTransport, type TransportOptions } from './transport.js';
export { DEFAULT_LIMITS, type TransportLimits } from './limits.js';
export { selfSignedCertificate, type NodeCertificate } from './node-certificate.js';
