/**
 * Whether a reader of the log misses what writers commit in another order than they began: six of them at once, each holding its
 * transaction for a while, one in twenty rolled back. Beside it a reader that remembers the greatest number it saw of a column
 * that PostgreSQL counts: it misses some, which is what makes the test worth something. `npm run soak -- order` does it for ten seconds.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Segment } from "../../core/feed/publication.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { publishChanges } from "../../hub/publish/publish.ts";
import { cutSegments } from "../../hub/publish/segments.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import {
	logHead,
	segmentBytes,
	segmentEntries,
} from "../../hub/store/publication.ts";
import {
	changing,
	type FeedHub,
	openFeedHub,
} from "../integration/feed-fixture.ts";

const WRITERS = 6;
/** ms that a transaction is held, at most. */
const HELD = 8;
const ROLLED_BACK = 0.05;
const SECONDS = Number(process.env.ORDER_SECONDS ?? 2);
/** Publications, at least. */
const LEAST = 120;
const SEED = Number(process.env.ORDER_SEED ?? 20200302);

const decompress = promisify(zstdDecompress);

let hub: FeedHub;
/** Another process of the hub, which cuts the log. */
let other: HubDatabase;

beforeAll(async () => {
	hub = await openFeedHub();
	other = await openHubDatabase({ dataFolder: hub.dataFolder });
	await hub.db.pool.query(
		"CREATE TABLE counted (id bigserial PRIMARY KEY, key text NOT NULL)",
	);
}, 60_000);

afterAll(async () => {
	await other?.stop();
	await hub?.remove();
});

it(
	"misses nothing, doubles nothing and shows nothing that was rolled back, where a reader of the greatest number misses",
	async () => {
		const committed = new Set<string>();
		const undone = new Set<string>();
		let writing = true;
		const end = performance.now() + SECONDS * 1000;

		async function write(writer: number): Promise<void> {
			const random = createRandom(SEED + writer);
			// On a machine with other work a few seconds are few publications.
			const goesOn = (): boolean =>
				performance.now() < end || committed.size < LEAST || undone.size === 0;
			for (let n = 0; goesOn(); n++) {
				const key = `${writer}:${n}`;
				const fails = random.uniform() < ROLLED_BACK;
				const before = random.uniform() * HELD;
				const after = random.uniform() * HELD;
				await publishChanges(hub.db, async (client) => {
					await sleep(before);
					await client.query("INSERT INTO counted (key) VALUES ($1)", [key]);
					const change = await changing({ dataset: [[key, "1"]] })(client);
					await sleep(after);
					if (fails) throw new Error("rolled back on purpose");
					return change;
				}).then(
					() => committed.add(key),
					(error) => {
						if (!fails) throw error;
						undone.add(key);
					},
				);
			}
		}

		/** Follows the log as workstations are given it, as far as it is cut. */
		async function follow(): Promise<string[]> {
			const { epoch } = await logHead(other.pool);
			const seen: string[] = [];
			let at = 0;
			for (let last = false; !last; ) {
				last = !writing;
				await cutSegments(other.pool);
				for (;;) {
					const entries = await segmentEntries(other.pool, epoch, at, 500);
					if (entries.length === 0) break;
					for (const { seq, sha256 } of entries) {
						// Gapless, in the order of the numbers: else a workstation takes none of it.
						expect(seq).toBe(at + 1);
						at = seq;
						const bytes = await segmentBytes(other.pool, seq, sha256);
						const { blocks } = Segment.parse(
							JSON.parse((await decompress(bytes ?? "")).toString()),
						);
						for (const { values } of blocks)
							seen.push(...(values[0] as string[]));
					}
				}
				await sleep(2);
			}
			return seen;
		}

		async function followGreatest(): Promise<Set<string>> {
			const seen = new Set<string>();
			let greatest = 0;
			for (let last = false; !last; ) {
				last = !writing;
				const { rows } = await other.pool.query(
					"SELECT id, key FROM counted WHERE id > $1 ORDER BY id",
					[greatest],
				);
				for (const { id, key } of rows) {
					seen.add(key);
					greatest = Number(id);
				}
				await sleep(2);
			}
			return seen;
		}

		const readers = Promise.all([follow(), followGreatest()]);
		try {
			await Promise.all(Array.from({ length: WRITERS }, (_, i) => write(i)));
		} finally {
			writing = false;
		}
		const [seen, naive] = await readers;
		expect(seen.length).toBe(new Set(seen).size);
		expect([...committed].filter((key) => !seen.includes(key))).toEqual([]);
		expect(seen.filter((key) => !committed.has(key))).toEqual([]);
		const missed = [...committed].filter((key) => !naive.has(key)).length;
		console.log(
			`order: ${committed.size} publications, ${undone.size} rolled back; missed by the log 0, by the greatest number ${missed}`,
		);
		expect(missed).toBeGreaterThan(0);
	},
	SECONDS * 1000 + 180_000,
);
