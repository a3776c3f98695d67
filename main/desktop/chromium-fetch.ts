/*
 * Chromium's network stack under the name and with the errors of Node's `fetch`. It asks the proxies and trusts the authorities that this
 * system is set up with; Node reads neither a proxy script nor the settings of Windows.
 */

/** What the backend reads of an error (sync/hub-client, hub/hub-access), by what Chromium calls it (net/base/net_error_list.h). */
const CODES: readonly (readonly [RegExp, string])[] = [
	[/CONNECTION_REFUSED|PROXY_CONNECTION_FAILED/, "ECONNREFUSED"],
	[/NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED/, "ENOTFOUND"],
	[/ADDRESS_UNREACHABLE/, "EHOSTUNREACH"],
	[/INTERNET_DISCONNECTED|NETWORK_ACCESS_DENIED/, "ENETUNREACH"],
	[/CONNECTION_TIMED_OUT/, "UND_ERR_CONNECT_TIMEOUT"],
	[/CERT_COMMON_NAME_INVALID/, "ERR_TLS_CERT_ALTNAME_INVALID"],
	[/CERT_AUTHORITY_INVALID/, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
	[/SSL_PROTOCOL_ERROR/, "ERR_SSL_WRONG_VERSION_NUMBER"],
];

/**
 * Of a date that does not fit Chromium does not say on which side it lies: the certificate is taken to have expired, whose words name the
 * clock too.
 */
const DATE = /CERT_DATE_INVALID/;

/** @param send `net.fetch` of Electron */
export function chromiumFetch(
	send: (address: string, init?: RequestInit) => Promise<Response>,
): typeof fetch {
	return async (input, init) => {
		const address = input instanceof Request ? input.url : String(input);
		try {
			return await send(address, init);
		} catch (error) {
			const told = /net::ERR_([A-Z_]+)/.exec(String(error))?.[1];
			if (told === undefined) throw error;
			throw new TypeError("fetch failed", {
				cause: Object.assign(new Error(`net::ERR_${told}`), {
					code: codeOf(told),
				}),
			});
		}
	};
}

function codeOf(told: string): string {
	if (DATE.test(told)) return "CERT_HAS_EXPIRED";
	const known = CODES.find(([pattern]) => pattern.test(told));
	if (known) return known[1];
	// As one that Node would say: both begin with the same letters.
	return told.startsWith("CERT_") ? told : `ERR_${told}`;
}
