import { z } from "zod";
import { CLIENT_HEADER, clientText } from "../../../core/feed/client.ts";
import { type Difference, partKey } from "../../../core/feed/digest.ts";
import { Preparing } from "../../../core/feed/preparing.ts";
import {
	SegmentEntry,
	SignedDigest,
	SignedHead,
	STREAM,
} from "../../../core/feed/publication.ts";
import { SyncFailure } from "../replica/failure.ts";
import { eventsOf } from "./event-stream.ts";
import { THIS_CLIENT } from "./this-client.ts";

/** The hub does not answer, or answers that it cannot now. Trying again later is all there is to do. */
export class Unreachable extends Error {
	override readonly name = "Unreachable";
}

/** What was asked for is gone because the hub moved on (another epoch, another snapshot): start again from its head. */
export class HubMovedOn extends Error {
	override readonly name = "HubMovedOn";
}

export interface HubClientOptions {
	readonly hubUrl: string;
	/** What a hub on another machine wants to hear; sent over TLS or to this machine only. */
	readonly credential?: string;
	/** ms without a byte after which a request is given up. */
	readonly requestTimeout: number;
	/** ms without a byte after which the live connection is given up; the hub sends a heartbeat every 15 s. */
	readonly stallTimeout: number;
	readonly signal: AbortSignal;
}

export interface HubClient {
	head(): Promise<SignedHead>;
	/** How far a hub is that has not published yet; null: it does not say. */
	preparing(): Promise<Preparing | null>;
	segments(epoch: string, after: number): Promise<SegmentEntry[]>;
	segment(epoch: string, entry: SegmentEntry): Promise<Uint8Array>;
	manifest(epoch: string, id: string): Promise<Uint8Array>;
	chunk(sha256: string, bytes: number): Promise<Uint8Array>;
	/** What the rows are at a publication, which must be the newest. */
	digest(epoch: string, seq: number): Promise<SignedDigest>;
	/** The rows of one part of that publication: zstd of a Block as JSON. */
	part(epoch: string, seq: number, part: Difference): Promise<Uint8Array>;
	/** Heads as the hub announces them, null for a heartbeat. Ends when the hub ends the connection. */
	live(after: number, leave: AbortSignal): AsyncGenerator<SignedHead | null>;
}

export const SMALL = 1024 * 1024;
export const LARGEST_MANIFEST = 16 * 1024 * 1024;
const LARGEST_PART = 64 * 1024 * 1024;

export function createHubClient(options: HubClientOptions): HubClient {
	const base = options.hubUrl.replace(/\/$/, "");
	const headers = introduction(base, options.credential);

	/** One request; `use` reads the body and calls `alive` for every sign of life. */
	async function request<T>(
		path: string,
		timeout: number,
		use: (response: Response, alive: () => void) => Promise<T>,
		signal = options.signal,
	): Promise<T> {
		const stalled = new AbortController();
		let timer = setTimeout(() => stalled.abort(), timeout);
		const alive = (): void => {
			clearTimeout(timer);
			timer = setTimeout(() => stalled.abort(), timeout);
		};
		try {
			const response = await fetch(base + path, {
				signal: AbortSignal.any([signal, stalled.signal]),
				headers,
				redirect: "error",
				cache: "no-store",
			});
			if (!response.ok) {
				if (response.status === 426) throw await tooOld(response);
				await response.body?.cancel();
				throw refusal(path, response.status);
			}
			return await use(response, alive);
		} catch (error) {
			if (error instanceof SyncFailure || error instanceof HubMovedOn)
				throw error;
			if (error instanceof Unreachable) throw error;
			const insecure = insecureLine(error);
			if (insecure !== null) throw new SyncFailure("secure-line", insecure);
			if (stalled.signal.aborted)
				throw new Unreachable(`${path}: no answer within ${timeout} ms`);
			throw new Unreachable(`${path}: ${reason(error)}`, { cause: error });
		} finally {
			clearTimeout(timer);
		}
	}

	const bytes = (path: string, limit: number): Promise<Uint8Array> =>
		request(path, options.requestTimeout, (response, alive) =>
			read(path, response, limit, alive),
		);

	/** Content whose length was announced. Less of it is a line that was cut, however politely. */
	async function whole(path: string, length: number): Promise<Uint8Array> {
		const content = await bytes(path, length);
		if (content.length < length)
			throw new Unreachable(
				`${path}: cut off after ${content.length} of ${length} bytes`,
			);
		return content;
	}

	async function json<T>(path: string, schema: z.ZodType<T>): Promise<T> {
		const text = Buffer.from(await bytes(path, SMALL)).toString("utf8");
		return parsed(path, text, schema);
	}

	return {
		head: () => json("/v1/head", SignedHead),
		preparing: () => json("/v1/preparing", Preparing.nullable()),
		segments: (epoch, after) =>
			json(
				`/v1/${epoch}/${STREAM}/segments?after=${after}`,
				z.array(SegmentEntry).max(500),
			),
		segment: (epoch, entry) =>
			whole(
				`/v1/${epoch}/${STREAM}/seg/${entry.seq}-${entry.sha256}`,
				entry.bytes,
			),
		manifest: (epoch, id) =>
			bytes(
				`/v1/${epoch}/snap/${encodeURIComponent(id)}/manifest`,
				LARGEST_MANIFEST,
			),
		chunk: (sha256, size) => whole(`/v1/chunk/${sha256}`, size),
		digest: async (epoch, seq) => {
			const path = `/v1/${epoch}/digest?at=${seq}`;
			const text = Buffer.from(await bytes(path, LARGEST_MANIFEST)).toString();
			return parsed(path, text, SignedDigest);
		},
		part: (epoch, seq, { table, month, province }) =>
			bytes(
				`/v1/${epoch}/part/${table}/${partKey({ month, province })}?at=${seq}`,
				LARGEST_PART,
			),
		async *live(after, leave) {
			const path = `/v1/live?after=${after}`;
			const arrived: (SignedHead | null)[] = [];
			let wake = (): void => {};
			let ended: { error: unknown } | null = null;
			const left = new AbortController();
			const reading = request(
				path,
				options.stallTimeout,
				async (response, alive) => {
					for await (const event of eventsOf(response, alive)) {
						arrived.push(
							event?.event === "head"
								? parsed(path, event.data, SignedHead)
								: null,
						);
						wake();
					}
				},
				AbortSignal.any([options.signal, leave, left.signal]),
			).then(
				() => {
					ended = { error: null };
					wake();
				},
				(error) => {
					ended = { error };
					wake();
				},
			);
			try {
				for (;;) {
					while (arrived.length > 0) yield arrived.shift() as SignedHead | null;
					if (ended) break;
					await new Promise<void>((resolve) => {
						wake = resolve;
						if (arrived.length > 0 || ended) resolve();
					});
				}
			} finally {
				// Also when the reader leaves because something failed.
				left.abort();
				await reading;
			}
			const { error } = ended as { error: unknown };
			if (error) throw error;
		},
	};
}

/** What a workstation says in every request: what it is, and its credential where nobody on the way can read it: over TLS, or on this machine. */
export function introduction(
	hubUrl: string,
	credential: string | undefined,
): Record<string, string> {
	return {
		[CLIENT_HEADER]: clientText(THIS_CLIENT),
		...(credential && isPrivateLine(hubUrl)
			? { authorization: `Bearer ${credential}` }
			: {}),
	};
}

/** Whether nobody on the way to a hub can read what is said. */
export function isPrivateLine(hubUrl: string): boolean {
	const { protocol, hostname } = new URL(hubUrl);
	return (
		protocol === "https:" || /^(localhost|127\..*|\[::1\])$/.test(hostname)
	);
}

/**
 * Why there is no line on which nobody can listen, in words; null when something else is wrong. Trying again does not help against it.
 * The codes are those of OpenSSL's verification and of Node's TLS.
 */
function insecureLine(error: unknown): string | null {
	for (let at = error; at instanceof Error; at = at.cause) {
		const code = String((at as { code?: unknown }).code);
		if (code === "CERT_HAS_EXPIRED")
			return "the hub's certificate has expired, or this computer's clock is ahead";
		if (code === "CERT_NOT_YET_VALID")
			return "the hub's certificate is not valid yet, or this computer's clock is behind";
		if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
			return `the hub's certificate is for another name (${at.message})`;
		if (code === "ERR_SSL_WRONG_VERSION_NUMBER")
			return "what answers at this address does not speak https";
		if (
			/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/.test(
				code,
			)
		)
			return `this computer does not know the authority that signed the hub's certificate (${code})`;
	}
	return null;
}

function parsed<T>(path: string, text: string, schema: z.ZodType<T>): T {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		// A captive portal or a proxy's error page: not the hub.
		throw new Unreachable(`${path}: the answer is not JSON`);
	}
	const result = schema.safeParse(value);
	if (!result.success)
		throw new SyncFailure("schema", `${path}: ${result.error.message}`);
	return result.data;
}

function refusal(path: string, status: number): Error {
	if (status === 404 || status === 409)
		return new HubMovedOn(`${path}: ${status}`);
	// Only proxies say that (RFC 9110, section 15.5.8).
	if (status === 407)
		return new Unreachable(
			`${path}: a proxy on the way asks for a name and a password`,
		);
	if (status === 410)
		return new SyncFailure("snapshot-needed", `${path}: ${status}`);
	// RFC 9110, section 15.5.20: spoken to in the clear, the hub at this address wants TLS.
	if (status === 421)
		return new SyncFailure(
			"secure-line",
			"the hub at this address is spoken to by https alone",
		);
	if (status >= 400 && status < 500 && status !== 408 && status !== 429)
		return new SyncFailure("refused", `${path}: the hub answers ${status}`);
	return new Unreachable(`${path}: the hub answers ${status}`);
}

/** What a hub says that this program is too old for, where it does: whoever answers on its behalf may not. */
async function tooOld(response: Response): Promise<SyncFailure> {
	const told = await read("426", response, SMALL, () => {})
		.then((bytes) => JSON.parse(Buffer.from(bytes).toString("utf8")))
		.catch(() => null);
	const error = z.object({ error: z.string().max(300) }).safeParse(told);
	return new SyncFailure(
		"update",
		error.success
			? error.data.error
			: "the hub asks for a newer version of this program",
	);
}

async function read(
	path: string,
	response: Response,
	limit: number,
	alive: () => void,
): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let length = 0;
	if (response.body)
		for await (const part of response.body) {
			alive();
			length += part.length;
			if (length > limit)
				throw new SyncFailure(
					"chain",
					`${path}: more than the ${limit} bytes announced`,
				);
			parts.push(part);
		}
	return Buffer.concat(parts, length);
}

function reason(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? error.cause.message : error.message;
}
