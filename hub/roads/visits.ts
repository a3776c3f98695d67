import { createHash } from "node:crypto";
import type pg from "pg";
import { standingFault } from "../publish/standing-fault.ts";
import { readDataset } from "../store/dataset-state.ts";
import {
	noteFault,
	noteUnchanged,
	noteVersion,
	type Road,
	roads,
} from "../store/roads.ts";
import { fetchFile } from "./fetch-file.ts";
import { type FolderLook, folderLooks } from "./folder.ts";
import { plainName } from "./plain-name.ts";
import type { Taker } from "./taker.ts";

/** So often (ms) it is looked whose time has come. */
const LOOK = 5000;
/** After a failure it is tried again so late (s), twice as late after each further one, and at the latest after an hour. */
const FIRST_PAUSE = 60;
const LAST_PAUSE = 3600;

export interface Visits {
	/** Visits the roads whose time has come; resolves when that is done. */
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
	const fault = standingFault("looking for files", store.log ?? (() => {}));
	let isClosed = false;

	async function look(): Promise<void> {
		if (isClosed || (await readDataset(store.pool)).exercise === true) return;
		const due = (await roads(store.pool)).filter(
			(one) =>
				one.kind !== "push" &&
				one.endedAt === null &&
				!under.has(one.id) &&
				isDue(one, clock()),
		);
		await Promise.all(
			due.map((road) => {
				const visit = visitOf(road).finally(() => under.delete(road.id));
				under.set(road.id, visit);
				return visit;
			}),
		);
	}

	async function visitOf(road: Road): Promise<void> {
		if (road.kind === "pull") await fetchFrom(road);
		else await lookInto(road);
	}

	async function fetchFrom(road: Road): Promise<void> {
		const fetched = await fetchFile(road);
		if (isClosed) return;
		if (fetched.kind === "fault")
			return noteFault(store.pool, road.id, clock(), fetched.fault);
		if (fetched.kind === "unchanged")
			return noteUnchanged(store.pool, road.id, clock());
		// Kept once it is taken in: else it would be believed to be known.
		if (await take(road, plainName(fetched.name) || road.name, fetched.bytes))
			await noteVersion(store.pool, road.id, fetched);
	}

	async function lookInto(road: Road): Promise<void> {
		let into = looks.get(road.id);
		if (!into) {
			into = folderLooks(road.address ?? "", clock);
			looks.set(road.id, into);
		}
		const { whole, faults } = await into();
		if (isClosed) return;
		if (faults.length === 0) await noteUnchanged(store.pool, road.id, clock());
		for (const { name, bytes, done } of whole)
			if (await take(road, plainName(name) || road.name, bytes)) done();
		// Last, so that what could be read does not hide what could not.
		if (faults[0]) await noteFault(store.pool, road.id, clock(), faults[0]);
	}

	/** @returns whether the hub has it now, be it in quarantine */
	async function take(
		road: Road,
		name: string,
		bytes: Uint8Array,
	): Promise<boolean> {
		const sha256 = createHash("sha256").update(bytes).digest("hex");
		const { status } = await taker.take({
			...{ road, name, bytes, sha256, asOf: null, push: null },
		});
		if (status === 200 || status === 422) return true;
		await noteFault(store.pool, road.id, clock(), {
			code: status === 409 ? "no-mapping" : "failed",
			what: road.source,
		});
		return false;
	}

	const again = setInterval(() => {
		void look().then(
			() => fault.works(),
			(error) => {
				if (!isClosed) fault.failed(error);
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

function isDue(
	{ kind, triedAt, failures, fault, every }: Road,
	now: number,
): boolean {
	if (triedAt === null) return true;
	// A file of which nothing could be used has come all the same: another one comes in its own time.
	const isLine =
		kind === "pull" && fault !== null && fault.code !== "nothing-taken";
	const pause = isLine
		? Math.min(FIRST_PAUSE * 2 ** Math.min(failures - 1, 10), LAST_PAUSE)
		: (every ?? LAST_PAUSE);
	return now - triedAt >= pause * 1000;
}
