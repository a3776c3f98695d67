import { createHash } from "node:crypto";
import path from "node:path";
import type pg from "pg";
import type { RoadFault } from "../../core/api/roads.ts";
import { CONNECTORS } from "../connectors/all.ts";
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
import { type FolderFault, type FolderLook, folderLooks } from "./folder.ts";
import { plainName } from "./plain-name.ts";
import { isOfTheHub, type Taker } from "./taker.ts";

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
	const standing = standingFault("looking for files", store.log ?? (() => {}));
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
		const name = plainName(fetched.name) || road.name;
		const { isTaken, fault } = await take(road, name, fetched.bytes);
		if (isTaken) await noteVersion(store.pool, road.id, fetched);
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
				const { isTaken, fault } = await take(road, name, bytes);
				if (isTaken) file.done();
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

	/** @returns whether the hub has it now, be it in quarantine, and what is to be said of it */
	async function take(
		road: Road,
		name: string,
		bytes: Uint8Array,
	): Promise<{ isTaken: boolean; fault?: RoadFault }> {
		const sha256 = createHash("sha256").update(bytes).digest("hex");
		try {
			const { status, fault } = await taker.take({
				...{ road, name, bytes, sha256, asOf: null, push: null },
			});
			return { isTaken: status === 200 || status === 422, fault };
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
