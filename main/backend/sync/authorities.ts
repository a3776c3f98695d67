import tls from "node:tls";

/**
 * Trusts, beside the authorities that come with Node, those that this system trusts: there an administrator puts the one that signed the
 * hub's certificate. A packaged application reads no NODE_EXTRA_CA_CERTS.
 */
export function trustSystemAuthorities(
	report: (message: string) => void,
): void {
	try {
		tls.setDefaultCACertificates([
			...tls.getCACertificates("default"),
			...tls.getCACertificates("system"),
		]);
	} catch (error) {
		report(`authorities of this system: ${String(error)}`);
	}
}
