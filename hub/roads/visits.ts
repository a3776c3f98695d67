import { createHash } from "node:crypto";
import path from "node:path";
import type pg from "pg";
import { CONNECTORS } from "../connectors/all.ts";
import { standingFault } from "../publish/standing-fault.ts";
import { readDataset } from "../store/dataset-state.ts";
import { logHead } from "../store/publication.ts";
import {
	noteFault,
	noteUnchanged,
	noteVersion,
	type Road,
	type RoadFault,
	roads,
} from "../store/roads.ts";
import { fetchFile } from "./fetch-file.ts";
import { type FolderFault, type FolderLook, folderLooks } from "./folder.ts";
import { plainName } from "./plain-name.ts";
import { isOfTheHub, type Taker } from "./taker.ts";

/** So often (ms) it is looked whose time has come. */
const LOOK = 5000;
/** After a failure it is tried again so late (s), twice as late after each further one, and at the latest after an hour. */
const FIRST_PAUSE = 60;
const LAST_PAUSE = 3600;
/** A file of which lines are in quarantine is read again so late (ms): with codes or a mapping that a person gave since, it may say more. */
const HELD_AGAIN = 3_600_000;
/** So many roads are visited at once: each may hold a file. */
const AT_ONCE = 8;

export interface Visits {
	/** Visits the roads whose time has come; resolves when none is visited any more. */
	look(): Promise<void>;
	close(): Promise<void>;
}

/** Fetches what roads are asked for and looks into their folders, each in its own time. */
export function createVisits(
	store: { pool: pg.Pool; log?: (line: string) => void },
	taker: Taker,
	clock: () => number = Date.now,
): Visits {
	const under = new Map<number, Promise<void>>();
	const looks = new Map<number, () => Promise<FolderLook>>();
	/** Versions of files of which lines are in quarantine: unlike those of the store they are forgotten. */
	const held = new Map<
		number,
		{ etag: string | null; modified: string | null; until: number }
	>();
	/** When a road was last visited, also where the database could not be told. */
	const visited = new Map<number, number>();
	let epoch: string | undefined;
	const standing = standingFault("looking for files", store.log ?? (() => {}));
	let isClosed = false;

	async function look(): Promise<void> {
		if (isClosed || (await readDataset(store.pool)).exercise === true) return;
		const head = await logHead(store.pool);
		if (epoch !== undefined && head.epoch !== epoch)
			// The store was emptied: what was known of files is not in it.
			for (const known of [looks, held, visited]) known.clear();
		epoch = head.epoch;
		const due = (await roads(store.pool))
			.filter(
				(one) =>
					one.kind !== "push" &&
					one.endedAt === null &&
					!under.has(one.id) &&
					isDue(one, visited.get(one.id), clock()),
			)
			// Who waited longest goes first: the others' turn is at the next look.
			.sort((a, b) => (a.triedAt ?? 0) - (b.triedAt ?? 0))
			.slice(0, Math.max(0, AT_ONCE - under.size));
		const others = [...under.values()];
		await Promise.all(
			due.map((road) => {
				visited.set(road.id, clock());
				const visit = visitOf(road).finally(() => under.delete(road.id));
				under.set(road.id, visit);
				return visit;
			}),
		);
		// Their faults are told by the look that began them.
		await Promise.allSettled(others);
	}

	async function visitOf(road: Road): Promise<void> {
		if (road.kind === "pull") await fetchFrom(road);
		else await lookInto(road);
	}

	async function fetchFrom(road: Road): Promise<void> {
		const known = held.get(road.id);
		if (known && clock() >= known.until) held.delete(road.id);
		const fetched = await fetchFile({ ...road, ...held.get(road.id) });
		if (isClosed) return;
		if (fetched.kind === "fault")
			return noteFault(store.pool, road.id, clock(), fetched.fault);
		if (fetched.kind === "unchanged")
			return noteUnchanged(store.pool, road.id, clock());
		// Kept once it is taken in: else it would be believed to be known.
		const name = plainName(fetched.name) || road.name;
		const { isTaken, isHeld, fault } = await take(road, name, fetched.bytes);
		const { etag, modified } = fetched;
		if (isHeld) {
			held.set(road.id, { etag, modified, until: clock() + HELD_AGAIN });
			await noteVersion(store.pool, road.id, { etag: null, modified: null });
		} else if (isTaken) {
			held.delete(road.id);
			await noteVersion(store.pool, road.id, { etag, modified });
		}
		if (fault) await noteFault(store.pool, road.id, clock(), fault);
	}

	async function lookInto(road: Road): Promise<void> {
		let into = looks.get(road.id);
		if (!into) {
			into = folderLooks(road.address ?? "", clock);
			looks.set(road.id, into);
		}
		const { whole, faults: found } = await into();
		const faults = found.map((one) => unreadable(road, one));
		for (const file of whole) {
			if (isClosed) return;
			// One after the other, each read when the one before is taken.
			const bytes = await file.read();
			if (bytes instanceof Uint8Array) {
				const name = plainName(file.name) || road.name;
				const { isTaken, isHeld, fault } = await take(road, name, bytes);
				if (isTaken) file.done(isHeld ? clock() + HELD_AGAIN : Infinity);
				if (fault) faults.push(fault);
			} else if (bytes) faults.push(unreadable(road, bytes));
		}
		if (isClosed) return;
		// Last, so that what could be used does not hide what could not; and first what the hub does not even have.
		const fault =
			faults.find(({ code }) => code !== "nothing-taken") ?? faults[0];
		if (fault) await noteFault(store.pool, road.id, clock(), fault);
		else await noteUnchanged(store.pool, road.id, clock());
	}

	/** @returns whether the hub has it now, whether in part in quarantine, and what is to be said of its road */
	async function take(
		road: Road,
		name: string,
		bytes: Uint8Array,
	): Promise<{ isTaken: boolean; isHeld?: boolean; fault?: RoadFault }> {
		const sha256 = createHash("sha256").update(bytes).digest("hex");
		try {
			const { status, fault, isHeld } = await taker.take({
				...{ road, name, bytes, sha256, asOf: null, push: null },
			});
			return { isTaken: status === 200 || status === 422, isHeld, fault };
		} catch (error) {
			if (isOfTheHub(error)) throw error;
			// One that cannot be stored keeps none behind it from being taken.
			return { isTaken: false, fault: { code: "failed", what: "" } };
		}
	}

	const again = setInterval(() => {
		void look().then(
			() => standing.works(),
			(error) => {
				if (!isClosed) standing.failed(error);
			},
		);
	}, LOOK);
	again.unref();

	return {
		look,
		async close() {
			isClosed = true;
			clearInterval(again);
			// What is still on its way is not waited for: nothing of it is taken.
			await Promise.race([
				Promise.allSettled([...under.values()]),
				new Promise((resolve) => setTimeout(resolve, 1000).unref()),
			]);
		},
	};
}

/** Of a format that keeps no names of files, because they may be those of people, none is said. */
function unreadable(road: Road, { file, why }: FolderFault): RoadFault {
	const isNameless = CONNECTORS.some(
		({ key, anonymous }) => key === road.connector && anonymous,
	);
	const name =
		file === null
			? path.basename(road.address ?? "")
			: isNameless
				? "a file"
				: file;
	return { code: "unreadable", what: `${name}: ${why}` };
}

/** @param visitedAt when it was last visited by this hub */
function isDue(
	{ kind, triedAt, failures, fault, every }: Road,
	visitedAt: number | undefined,
	now: number,
): boolean {
	const last = Math.max(triedAt ?? -Infinity, visitedAt ?? -Infinity);
	// A clock that was put right may say that it was tried tomorrow.
	if (last > now) return true;
	// A file of which nothing could be used has come all the same: another one comes in its own time.
	const isLine =
		kind === "pull" && fault !== null && fault.code !== "nothing-taken";
	const pause = isLine
		? Math.min(FIRST_PAUSE * 2 ** Math.min(failures - 1, 10), LAST_PAUSE)
		: (every ?? LAST_PAUSE);
	return now - last >= pause * 1000;
}
