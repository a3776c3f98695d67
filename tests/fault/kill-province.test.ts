/**
 * The workstation of one province, killed at random moments while it makes its replica and while it follows: what lies on the disk is each
 * time, whole, what the hub signed of some publication. `npm run soak -- province` kills it two hundred times.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { differences } from "../../core/feed/digest.ts";
import { SignedDigest, StatedDigest } from "../../core/feed/publication.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { addWorkstation, newCredential } from "../../hub/store/province.ts";
import { replicaDigest } from "../../main/backend/replica/digest.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import {
	openReplica,
	provinceOf,
	readCursor,
} from "../../main/backend/replica/replica-database.ts";
import {
	type FeedHub,
	headOf,
	openFeedHub,
	publishDays,
	replicaIsSound,
	temporaryFolder,
} from "../integration/feed-fixture.ts";

const KILLS = Number(process.env.PROVINCE_KILLS ?? 8);
const SEED = Number(process.env.PROVINCE_SEED ?? 20200302);
/** A workstation is killed at most so long after it begins to fetch or to take in (ms). */
const LATEST = 150;

let hub: FeedHub;
let server: FeedServer;
let folder: ReturnType<typeof temporaryFolder>;
let credential: string;
let child: ChildProcess | null = null;
/** What the hub signed for the province, by publication. */
const signed = new Map<number, StatedDigest["tables"]>();

beforeAll(async () => {
	hub = await openFeedHub();
	folder = temporaryFolder("province");
	credential = newCredential("killed");
	await addWorkstation(hub.db.pool, {
		...{ name: "killed", province: "35", credential, at: 1 },
	});
	await publishDays(hub, [0, 1, 40], 3, true);
	server = await serveFeed(
		{ pool: hub.db.pool, dataFolder: hub.dataFolder },
		{ port: 0 },
	);
}, 120_000);

afterAll(async () => {
	child?.kill("SIGKILL");
	await server?.close();
	await hub?.remove();
	folder?.remove();
});

async function newest(): Promise<number> {
	await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
	const { epoch, seq } = await headOf(server.url);
	const answer = await fetch(`${server.url}/v1/${epoch}/digest?at=${seq}`, {
		headers: { authorization: `Bearer ${credential}` },
	});
	const { payload } = SignedDigest.parse(await answer.json());
	signed.set(seq, StatedDigest.parse(JSON.parse(payload)).tables);
	return seq;
}

function start(path: string): ChildProcess {
	const started = fork(
		join(import.meta.dirname, "workstation-process.ts"),
		[path, server.url, server.publicKey, credential],
		{ execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] },
	);
	child = started;
	return started;
}

interface Told {
	readonly kind: string;
	readonly state?: { readonly kind: string; readonly what?: string };
}

/** Waits until a workstation tells what is asked for. */
function told(
	of: ChildProcess,
	wanted: (told: Told) => boolean,
): Promise<void> {
	return new Promise((resolve) => {
		of.on("message", function hear(message: Told) {
			if (!wanted(message)) return;
			of.off("message", hear);
			resolve();
		});
	});
}

/** The publication that the replica on the disk is of; null: there is none yet. */
function onDisk(path: string): number | null {
	const file = currentReplica(join(path, "replica"));
	if (file === null) return null;
	const database = openReplica(file);
	try {
		const cursor = readCursor(database);
		expect(provinceOf(cursor)).toBe("35");
		const stated = signed.get(cursor.seq);
		expect(stated).toBeDefined();
		const { tables } = replicaDigest(database);
		expect(differences(tables, stated ?? {})).toEqual([]);
		return cursor.seq;
	} finally {
		database.close();
	}
}

it(
	"holds at every kill what was signed of one publication, and arrives when it is let",
	async () => {
		const random = createRandom(SEED);
		const path = join(folder.path, "station");
		const found: (number | null)[] = [];
		for (let kill = 0; kill < KILLS; kill++) {
			await publishDays(hub, [kill % 5, 40], 5 + kill);
			await newest();
			const killed = start(path);
			// Every other time it has arrived, and follows what comes then.
			if (kill % 2 === 1) {
				await told(killed, ({ state }) => state?.kind === "idle");
				await publishDays(hub, [kill % 3], 50 + kill);
				await newest();
			}
			const what = random.uniform() < 0.5 ? "segments" : "installing";
			await told(
				killed,
				({ state }) => state?.what === what || state?.kind === "idle",
			);
			await sleep(random.uniform() * LATEST);
			killed.kill("SIGKILL");
			await once(killed, "exit");
			found.push(onDisk(path));
		}
		const seq = await newest();
		const last = start(path);
		await told(last, ({ state }) => state?.kind === "idle");
		const answered = told(last, ({ kind }) => kind === "digest");
		last.send("stop", () => {});
		await answered;
		if (last.exitCode === null) await once(last, "exit");
		expect(onDisk(path)).toBe(seq);
		expect(replicaIsSound(path)).toEqual({ check: "ok", cubesEqual: true });
		console.log(
			`province: at each kill the replica was of ${found.join(", ")}`,
		);
	},
	120_000 + KILLS * 20_000,
);
