import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import {
	type Difference,
	differences,
	digestLine,
	partKey,
} from "../../../core/feed/digest.ts";
import {
	Block,
	type DigestPart,
	type StatedDigest,
} from "../../../core/feed/publication.ts";
import type { FeedTableName } from "../../../core/feed/table.ts";
import { firstDayOfMonth, isoFromDay } from "../../../core/series/day.ts";
import {
	removeWhenFree,
	replaceFile,
} from "../../../machine/files/durable-file.ts";
import type { GivenKey } from "../../../machine/signing/signing-key.ts";
import type { Audit, AuditResult } from "../replica/audit.ts";
import { SyncFailure } from "../replica/failure.ts";
import type { RepairedPart } from "../replica/repair.ts";
import { provinceOf } from "../replica/replica-database.ts";
import type { ReplicaState, Writer } from "../replica/writer.ts";
import { checkDigest } from "./head.ts";
import type { HubClient } from "./hub-client.ts";

export interface ComparisonOptions {
	readonly hub: HubClient;
	/** The hub's key that is believed now. */
	readonly believed: () => GivenKey;
	readonly writer: Writer;
	/** Looks at every byte of a replica. */
	readonly audit: (path: string, signal: AbortSignal) => Promise<AuditResult>;
	/** Where it is kept when the last full round was. */
	readonly folder: string;
	/** ms between two full rounds. */
	readonly every: number;
	/**
	 * ms before a replica that was just fetched is compared: every chunk of it was held against the signed hash a moment ago, and the hub
	 * hashes for as long as it took to make, on the processors that a first window draws with.
	 */
	readonly fetched: number;
	/** ms before a round that could not be finished is tried again. */
	readonly again: number;
	readonly log: (message: string) => void;
	/** What is wrong with the replica and is being fetched again, in words; null: nothing is known to be. */
	readonly onDamage: (message: string | null) => void;
	/** No part of it will do: the replica must be replaced by a snapshot. */
	readonly startAnew: () => void;
}

/**
 * Compares the replica with what the hub says its rows are, in the background: SQLite cannot see a bit that flipped inside a value. A
 * full round is due once a day, after every end that was not in good order, and after every new replica; it is done when nothing
 * differed.
 */
export interface Comparison {
	/** The replica is where the hub is: a round begins when one is due and none is under way. */
	atHead(replica: ReplicaState): void;
	/** Something looked damaged: a round is due now. */
	suspect(): void;
	/** The replica is another, fetched whole: a round is due, once the windows have drawn it. */
	fetched(): void;
	/** Ends the round under way; notes that this workstation ended in good order. */
	close(): Promise<void>;
}

/** Rounds of repair before the whole replica is fetched again. */
const REPAIRS = 3;
/** Parts fetched one by one; with more of them a snapshot is less work. */
const MOST_PARTS = 100;
/** Parts named one by one. */
const NAMED = 5;

const Compared = z.object({ at: z.number() });

export function createComparison(options: ComparisonOptions): Comparison {
	const { hub, writer, folder, log } = options;
	const running = join(folder, "running");
	const comparedPath = join(folder, "compared.json");
	const closing = new AbortController();
	let comparedAt = readCompared(comparedPath);
	/** By the clock that nobody sets. */
	let notBefore = 0;
	let round: Promise<void> | null = null;
	/** Fetched anew already: what differs again is not mended by fetching it once more. */
	let anew = false;

	// Left by a process that had no time to remove it.
	if (existsSync(running)) suspect();
	keeping(() => {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		replaceFile(running, `${process.pid}\n`);
	});

	function suspect(): void {
		comparedAt = null;
		notBefore = 0;
		// On the disk too: the round may not be finished before the next end.
		keeping(() => removeWhenFree(comparedPath));
	}

	function fetched(): void {
		suspect();
		notBefore = performance.now() + options.fetched;
	}

	/** What cannot be kept costs a further round, no more. */
	function keeping(write: () => void): void {
		try {
			write();
		} catch (error) {
			log(`comparison: ${String(error)}`);
		}
	}

	return {
		atHead(replica) {
			const now = Date.now();
			// A clock that was set back must not put rounds off for ever.
			const age =
				comparedAt === null
					? Number.POSITIVE_INFINITY
					: Math.abs(now - comparedAt);
			if (round || closing.signal.aborted || age < options.every) return;
			if (performance.now() < notBefore) return;
			round = compare(replica)
				.catch((error) => {
					if (closing.signal.aborted) return;
					notBefore = performance.now() + options.again;
					log(`comparison: ${String(error)}`);
				})
				.finally(() => {
					round = null;
				});
		},
		suspect,
		fetched,
		async close() {
			closing.abort();
			await round;
			keeping(() => removeWhenFree(running));
		},
	};

	async function compare(replica: ReplicaState): Promise<void> {
		for (let repairs = 0; ; repairs++) {
			const { epoch, seq } = replica;
			const stated = checkDigest(
				await hub.digest(epoch, seq),
				options.believed(),
				{
					epoch,
					seq,
					province: provinceOf(replica),
				},
			);
			const found = await options.audit(replica.path, closing.signal);
			if ("broken" in found) {
				fetchAnew(found.broken);
				return;
			}
			if (found.epoch !== epoch || found.seq !== seq)
				throw new Error("the replica moved on meanwhile");
			const different = differences(found.tables, stated.tables);
			if (different.length === 0 && found.cubes.length === 0) {
				anew = false;
				comparedAt = Date.now();
				const text = JSON.stringify({ at: comparedAt });
				keeping(() => replaceFile(comparedPath, text));
				log(`compared with the hub at publication ${seq}: equal`);
				options.onDamage(null);
				return;
			}
			const names = nameAll(different, found);
			if (repairs === REPAIRS || different.length > MOST_PARTS) {
				fetchAnew(names);
				return;
			}
			tell(names);
			let parts: RepairedPart[];
			try {
				parts = await Promise.all(
					different.map((part) => fetchPart(stated, part)),
				);
			} catch (error) {
				// The line is bad: later. The hub has no such part any more: all of it.
				if (error instanceof Error && error.name === "Unreachable") throw error;
				log(`comparison: ${String(error)}`);
				fetchAnew(names);
				return;
			}
			if (!(await writer.repair({ epoch, seq, parts })))
				throw new Error("the replica moved on meanwhile");
			log(`fetched again and put right: ${names}`);
		}
	}

	function tell(what: string): void {
		log(`the replica differs from what the hub signed: ${what}`);
		options.onDamage(
			`differs from what the hub signed and is being fetched again: ${what}`,
		);
	}

	function fetchAnew(what: string): void {
		if (anew) {
			// Twice in a row: the disk goes on damaging it, or the hub does not serve what it signs.
			notBefore = performance.now() + options.every / 24;
			anew = false;
			log(`still differs after it was fetched anew: ${what}`);
			options.onDamage(
				`differs from what the hub signed, also after it was fetched anew: ${what}`,
			);
			return;
		}
		anew = true;
		tell(what);
		options.startAnew();
	}

	async function fetchPart(
		stated: StatedDigest,
		part: Difference,
	): Promise<RepairedPart> {
		const table = part.table as FeedTableName;
		const { month, province } = part;
		const wanted = stated.tables[table]?.find(
			([ofMonth, ofProvince]) =>
				partKey({ month: ofMonth, province: ofProvince }) === partKey(part),
		);
		if (!wanted) return { table, month, province, block: null };
		const block = readPart(
			await hub.part(stated.epoch, stated.seq, part),
			part,
			wanted,
		);
		return { table, month, province, block };
	}
}

/** @throws SyncFailure "chain" when it is not what the signed digest says */
export function readPart(
	bytes: Uint8Array,
	part: Difference,
	[, , rows, sha256]: DigestPart,
): Block {
	let block: Block;
	try {
		block = Block.parse(JSON.parse(zstdDecompressSync(bytes).toString("utf8")));
	} catch (error) {
		throw new SyncFailure(
			"chain",
			`part ${part.table}/${partKey(part)} cannot be read: ${(error as Error).message}`,
		);
	}
	const hash = createHash("sha256");
	for (let r = 0; r < rows; r++)
		hash.update(digestLine(block.values.map((column) => column[r])));
	if (
		block.table !== part.table ||
		block.op !== "U" ||
		(block.values[0]?.length ?? 0) !== rows ||
		hash.digest("hex") !== sha256
	)
		throw new SyncFailure(
			"chain",
			`part ${part.table}/${partKey(part)} is not the one that was signed`,
		);
	return block;
}

/** The parts that differ as a person may look for them: table, month, province; and the cubes. */
function nameAll(different: readonly Difference[], found: Audit): string {
	const names = different.map(({ table, month, province }) =>
		[
			table,
			month === null ? "" : isoFromDay(firstDayOfMonth(month)).slice(0, 7),
			province === null ? "" : (found.places.get(province) ?? `#${province}`),
		]
			.filter((word) => word !== "")
			.join(" "),
	);
	if (found.cubes.length > 0)
		names.push(`${found.cubes.length} of the cubes made from the facts`);
	const more = names.length - NAMED;
	return (
		names.slice(0, NAMED).join("; ") + (more > 0 ? `; and ${more} more` : "")
	);
}

function readCompared(path: string): number | null {
	try {
		return Compared.parse(JSON.parse(readFileSync(path, "utf8"))).at;
	} catch {
		// Never, or not known: a round is due.
		return null;
	}
}
