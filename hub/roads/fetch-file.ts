import { lookup as resolve } from "node:dns";
import { request as askPlain, type IncomingMessage } from "node:http";
import { request as askSafe } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { Road, RoadFault } from "../store/roads.ts";
import { LARGEST_FILE } from "./taker.ts";

/** All of a file has come within this (ms), or none of it is taken. */
const IN_TIME = 60_000;
const MOST_REDIRECTS = 3;

/** Addresses of this machine, of private networks, and of no machine (IANA's special-purpose registries). */
const PRIVATE = new BlockList();
for (const [net, bits] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.88.99.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
] as const)
	PRIVATE.addSubnet(net, bits, "ipv4");

/** Of IPv6 what is given out to networks of anybody, less what is not, or stands for an address of IPv4. */
const GIVEN_OUT = new BlockList();
GIVEN_OUT.addSubnet("2000::", 3, "ipv6");
const PRIVATE_OF_SIX = new BlockList();
for (const [net, bits] of [
	["2001::", 23],
	["2001:db8::", 32],
	["2002::", 16],
	["3fff::", 20],
] as const)
	PRIVATE_OF_SIX.addSubnet(net, bits, "ipv6");

export function isPrivateAddress(address: string): boolean {
	const plain = address.replace(/%.*$/, "");
	return isIP(plain) === 6
		? !GIVEN_OUT.check(plain, "ipv6") || PRIVATE_OF_SIX.check(plain, "ipv6")
		: PRIVATE.check(plain, "ipv4");
}

/** What was fetched; unchanged since what was taken in last; or why there is nothing. */
export type Fetched =
	| {
			kind: "file";
			name: string;
			bytes: Uint8Array;
			etag: string | null;
			modified: string | null;
	  }
	| { kind: "unchanged" }
	| { kind: "fault"; fault: RoadFault };

/** Fails with what keeps a file from being fetched. */
class Faulty extends Error {
	readonly fault: RoadFault;
	constructor(code: RoadFault["code"], what: string) {
		super(code);
		this.fault = { code, what };
	}
}

/**
 * Fetches the file of a road, if it is another one than was taken in last. It is sent on only within its host and to others that the road
 * names, and connects to a private address only at its own host, where the road names that one; which address a name has is judged where it is
 * connected to, so that a name server cannot say one thing first and another then.
 */
export async function fetchFile(
	road: Pick<Road, "name" | "address" | "hosts" | "etag" | "modified">,
	inTime = IN_TIME,
): Promise<Fetched> {
	try {
		const ended = AbortSignal.timeout(inTime);
		const first = new URL(road.address ?? "");
		let url = first;
		for (let turn = 0; ; turn++) {
			const mayBePrivate =
				url.hostname === first.hostname && road.hosts.includes(url.hostname);
			const answer = await askFor(url, road, mayBePrivate, ended);
			const status = answer.statusCode ?? 0;
			if (status === 304) {
				answer.destroy();
				return { kind: "unchanged" };
			}
			const { location } = answer.headers;
			if (status >= 300 && status < 400 && location !== undefined) {
				answer.destroy();
				if (turn === MOST_REDIRECTS) throw new Faulty("answered", `${status}`);
				url = sentOn(url, location, first, road.hosts);
				continue;
			}
			if (status !== 200) {
				answer.destroy();
				throw new Faulty("answered", `${status}`);
			}
			return {
				kind: "file",
				// Of its own address: where it was sent on to may be another one every time.
				name: lastPartOf(first) || road.name,
				bytes: await bytesOf(answer),
				etag: answer.headers.etag ?? null,
				modified: answer.headers["last-modified"] ?? null,
			};
		}
	} catch (error) {
		if (error instanceof Faulty) return { kind: "fault", fault: error.fault };
		const { code, name } = error as NodeJS.ErrnoException;
		return {
			kind: "fault",
			fault: { code: "unreachable", what: code ?? name },
		};
	}
}

function askFor(
	url: URL,
	road: Pick<Road, "etag" | "modified">,
	mayBePrivate: boolean,
	signal: AbortSignal,
): Promise<IncomingMessage> {
	const { hostname } = url;
	const plain = hostname.replace(/^\[|\]$/g, "");
	if (!mayBePrivate && isIP(plain) !== 0 && isPrivateAddress(plain))
		throw new Faulty("other-host", hostname);
	const lookup: LookupFunction = (name, options, done) =>
		resolve(name, { ...options, all: true }, (error, found) => {
			if (error) return done(error, "");
			const refused =
				!mayBePrivate && found.some(({ address }) => isPrivateAddress(address));
			if (refused) return done(new Faulty("other-host", hostname), "");
			if (options.all) return done(null, found);
			done(null, found[0]?.address ?? "", found[0]?.family);
		});
	return new Promise((resolve, reject) => {
		(url.protocol === "https:" ? askSafe : askPlain)(
			url,
			{
				lookup,
				signal,
				// A connection of its own: one that is kept was judged for another road.
				agent: false,
				headers: {
					"accept-encoding": "identity",
					...(road.etag === null ? {} : { "if-none-match": road.etag }),
					...(road.modified === null
						? {}
						: { "if-modified-since": road.modified }),
				},
			},
			resolve,
		)
			.on("error", reject)
			.end();
	});
}

/** Where a road is sent on to. @throws Faulty where it may not go there */
function sentOn(
	from: URL,
	location: string,
	{ protocol, host }: URL,
	hosts: readonly string[],
): URL {
	let to: URL;
	try {
		to = new URL(location, from);
	} catch {
		throw new Faulty("answered", "a redirect to no address");
	}
	const isPlainer = protocol === "https:" && to.protocol !== "https:";
	const isKnown = to.host === host || hosts.includes(to.hostname);
	if (!/^https?:$/.test(to.protocol) || isPlainer || !isKnown)
		throw new Faulty("other-host", to.host || to.protocol);
	return to;
}

async function bytesOf(answer: IncomingMessage): Promise<Uint8Array> {
	const encoding = answer.headers["content-encoding"] ?? "identity";
	if (encoding !== "identity") {
		answer.destroy();
		throw new Faulty("answered", "content-encoding");
	}
	// Where neither says how long it is, one that was cut off looks whole.
	const { "content-length": length, "transfer-encoding": parts } =
		answer.headers;
	if (length === undefined && parts?.toLowerCase() !== "chunked") {
		answer.destroy();
		throw new Faulty("answered", "200 without its length");
	}
	const tooLarge = new Faulty("too-large", `${LARGEST_FILE / 1024 / 1024}`);
	// Not begun where it says so itself: whoever sends it may end the line first.
	if (Number(length ?? 0) > LARGEST_FILE) {
		answer.destroy();
		throw tooLarge;
	}
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of answer) {
		size += chunk.length;
		if (size > LARGEST_FILE) {
			answer.destroy();
			throw tooLarge;
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function lastPartOf({ pathname }: URL): string {
	const last = pathname.split("/").at(-1) ?? "";
	try {
		return decodeURIComponent(last);
	} catch {
		return last;
	}
}
