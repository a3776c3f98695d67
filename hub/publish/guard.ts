import { createHash, timingSafeEqual, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import {
	CLIENT_HEADER,
	isTooOld,
	type Needed,
	readClient,
} from "../../core/feed/client.ts";

export interface Guarded {
	/** PEM. */
	readonly cert: string;
	readonly key: string;
	/** What every request must carry: `Authorization: Bearer …`. */
	readonly credential: string;
}

export interface Refused {
	readonly status: 401 | 403 | 426;
	readonly error: string;
}

export function isLoopback(host: string): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/**
 * Makes the check of every request. Its Host must be a name of this hub, so that a web page whose name was made to point here (DNS
 * rebinding) reads nothing: loopback, or a name of the certificate. No request of a web page is answered, also one whose answer the page
 * could not read: it would try passwords in somebody's name. Whoever opens an address by hand is no page. A hub that others can reach
 * also wants its credential. A workstation that says that it is older than what is needed hears that, and nothing else.
 * @returns a function that gives null for a request to be answered; of a path that asks for a credential of its own the hub's is not wanted
 */
export function createGuard(
	guarded: Guarded | undefined,
	needed: Needed,
): (
	header: (name: string) => string | undefined,
	hasOwnDoor?: boolean,
) => Refused | null {
	const certificate = guarded && new X509Certificate(guarded.cert);
	const wanted = guarded && fingerprint(`Bearer ${guarded.credential}`);
	return (header, hasOwnDoor = false) => {
		const name = (header("host") ?? "")
			.replace(/:\d+$/, "")
			.replace(/^\[|\]$/g, "");
		const known =
			isLoopback(name) ||
			(certificate !== undefined && names(certificate, name));
		if (!known) return { status: 403, error: "this hub has another name" };
		const site = header("sec-fetch-site");
		if (
			header("origin") !== undefined ||
			(site !== undefined && site !== "none")
		)
			return { status: 403, error: "this hub answers no web page" };
		if (
			wanted &&
			!hasOwnDoor &&
			!timingSafeEqual(wanted, fingerprint(header("authorization") ?? ""))
		)
			return { status: 401, error: "the hub's credential is missing or wrong" };
		const client = readClient(header(CLIENT_HEADER));
		if (client && isTooOld(client, needed))
			return {
				status: 426,
				error: `this hub needs ${needed.version === null ? "a version" : `version ${needed.version} or newer`} that reads feed schema ${needed.schema}; this is ${client.version ?? "a version that is not known"}, which reads ${client.schema}`,
			};
		return null;
	};
}

/** Whether a certificate is for this name or address. Node's own checks throw at what is neither. */
function names(certificate: X509Certificate, name: string): boolean {
	if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined;
	return (
		/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(name) &&
		certificate.checkHost(name) !== undefined
	);
}

const fingerprint = (text: string): Buffer =>
	createHash("sha256").update(text).digest();
