import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { replaceFile } from "../../../machine/files/durable-file.ts";

const DAY = 24 * 3_600_000;
/** Apple's systems take none that is valid for longer than 825 days; a year is renewed by somebody who still knows how. */
const VALID_FOR = 397 * DAY;
const RENEWED_BEFORE = 30 * DAY;
/** A device whose clock is behind takes it too. */
const VALID_BEFORE_NOW = DAY;

export interface Certificate {
	readonly key: string;
	readonly certificate: string;
	/** SHA-256, as browsers show it: AA:BB:… */
	readonly fingerprint: string;
	/** ms since 1970-01-01 UTC */
	readonly from: number;
	readonly until: number;
}

/**
 * The certificate of this workstation for the network, made by itself: that of the last start while it names all that is asked for and
 * is valid for a month to come, else a new one. The key lies in the data folder, for its own account alone.
 * @param names addresses and names of this machine by which devices reach it
 */
export async function certificateFor(
	folder: string,
	names: readonly string[],
	report: (message: string) => void,
	now: number = Date.now(),
): Promise<Certificate> {
	const paths = {
		key: join(folder, "lan-key.pem"),
		certificate: join(folder, "lan-certificate.pem"),
	};
	const kept = read(paths, report);
	if (kept && now < kept.until - RENEWED_BEFORE && namesAll(kept, names))
		return kept;
	// Read only where it is needed: most workstations listen to nobody.
	const { generate } = await import("selfsigned");
	const made = await generate([{ name: "commonName", value: "BLC Command" }], {
		keyType: "ec",
		curve: "P-256",
		algorithm: "sha256",
		notBeforeDate: new Date(now - VALID_BEFORE_NOW),
		notAfterDate: new Date(now + VALID_FOR),
		extensions: [
			{ name: "basicConstraints", cA: false, critical: true },
			{ name: "keyUsage", digitalSignature: true, critical: true },
			{ name: "extKeyUsage", serverAuth: true },
			{
				name: "subjectAltName",
				altNames: names.map((name) =>
					isIP(name) ? { type: 7, ip: name } : { type: 2, value: name },
				),
			},
		],
	});
	const fresh = described(made.private, made.cert);
	report(
		`certificate for ${names.join(", ")} until ${new Date(fresh.until).toISOString()}: ${fresh.fingerprint}`,
	);
	try {
		replaceFile(paths.key, fresh.key);
		replaceFile(paths.certificate, fresh.certificate);
	} catch (error) {
		report(`certificate: not kept: ${String(error)}`);
	}
	return fresh;
}

function read(
	paths: { key: string; certificate: string },
	report: (message: string) => void,
): Certificate | null {
	if (!existsSync(paths.key) || !existsSync(paths.certificate)) return null;
	try {
		return described(
			readFileSync(paths.key, "utf8"),
			readFileSync(paths.certificate, "utf8"),
		);
	} catch (error) {
		report(`certificate: ${String(error)}; a new one is made`);
		return null;
	}
}

/** @throws Error when they are not whole, or do not belong together */
function described(key: string, certificate: string): Certificate {
	const x509 = new X509Certificate(certificate);
	if (!x509.checkPrivateKey(createPrivateKey(key)))
		throw new Error("key and certificate do not belong together");
	return {
		...{ key, certificate, fingerprint: x509.fingerprint256 },
		from: Date.parse(x509.validFrom),
		until: Date.parse(x509.validTo),
	};
}

function namesAll(
	{ certificate }: Certificate,
	names: readonly string[],
): boolean {
	const x509 = new X509Certificate(certificate);
	return names.every((name) =>
		isIP(name) ? x509.checkIP(name) : x509.checkHost(name),
	);
}
