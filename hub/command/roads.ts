import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { EXIT } from "../../core/writing/exit.ts";
import { CONNECTORS } from "../connectors/all.ts";
import { MAPPED_TABLE } from "../connectors/mapped-table.ts";
import { newToken, ROAD_NAME } from "../roads/tokens.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import {
	addRoad,
	changeToken,
	endRoad,
	type Road,
	type RoadFault,
	roads,
} from "../store/roads.ts";
import { registeredSource } from "../store/tables.ts";
import { noteAuditHead } from "../write/audit-head.ts";
import { noteAtTerminal } from "../write/terminal-trail.ts";
import { parseReason } from "./put-at-terminal.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

/** What looks like a day in the name of a file is the day of which it speaks. */
const DAY_IN_NAME = /20\d{2}[-_.]?\d{2}[-_.]?\d{2}/;

interface AddFlags extends DataOption {
	source?: string;
	reason: string;
}

/** What is wrong with what was typed, in a sentence. */
class RoadRefused extends Error {}

/** Adds `road push|pull|folder|list|token|end`. */
export function registerRoads(program: Command): void {
	const road = program
		.command("road")
		.description(
			"by which roads files come that nobody gives by hand; all are taken in as `ingest` does, while the hub serves",
		);
	const changing = (name: string) =>
		withData(road.command(name)).requiredOption(
			"--reason <text>",
			"why, as the audit trail keeps it",
			parseReason,
		);
	const add = (name: string, about: string) =>
		changing(name)
			.description(about)
			.argument("<name>", "what it is called: a-z, 0-9, -", parseName)
			.argument(
				"<connector>",
				`the format of its files: ${MAPPED_TABLE}, or one that \`ingest\` knows`,
				parseConnector,
			)
			.option("--source <key>", `the source of a ${MAPPED_TABLE}`);

	add(
		"push",
		"let a sender push files; prints its token, once: the hub keeps a hash of it",
	).action((name: string, connector: string, flags: AddFlags) =>
		said(flags, async (db, dataFolder) => {
			const { token, digest } = newToken(name);
			await open(db, dataFolder, flags, {
				...{ name, connector, kind: "push", token: digest },
				...{ address: null, every: null, hosts: [] },
			});
			say(token);
		}),
	);
	add(
		"pull",
		"fetch a file from an address, whenever it is another one than before; a name and password in the address are refused",
	)
		.requiredOption("--url <address>", "http or https", parseAddress)
		.option("--every <seconds>", "how often", parseEvery, 900)
		.option(
			"--host <name>",
			"another host that it may be sent on to; as often as there are such",
			(host: string, before: string[] = []) => [...before, host.toLowerCase()],
		)
		.option(
			"--private",
			"the host of the address may have an address of a private network",
		)
		.action(
			(
				name: string,
				connector: string,
				flags: AddFlags & {
					url: string;
					every: number;
					host?: string[];
					private?: true;
				},
			) =>
				said(flags, async (db, dataFolder) => {
					const { hostname } = new URL(flags.url);
					await open(db, dataFolder, flags, {
						...{ name, connector, kind: "pull", token: null },
						...{ address: flags.url, every: flags.every },
						hosts: [
							...(flags.host ?? []).filter((host) => host !== hostname),
							...(flags.private ? [hostname] : []),
						],
					});
					say(`${name} is fetched every ${flags.every} s while the hub serves`);
				}),
		);
	add(
		"folder",
		"take in the files of a folder, each once it is whole; they stay where they are",
	)
		.requiredOption("--folder <folder>", "the folder; not those in it")
		.option("--every <seconds>", "how often it is looked into", parseEvery, 30)
		.action(
			(
				name: string,
				connector: string,
				flags: AddFlags & { folder: string; every: number },
			) =>
				said(flags, async (db, dataFolder) => {
					const folder = path.resolve(flags.folder);
					await open(db, dataFolder, flags, {
						...{ name, connector, kind: "folder", token: null },
						...{ address: folder, every: flags.every, hosts: [] },
					});
					say(
						`${folder} is looked into every ${flags.every} s while the hub serves`,
					);
				}),
		);
	withData(road.command("list"))
		.description(
			"all roads: their source and format, when something last came, and what failed last",
		)
		.action((options: DataOption) =>
			said(options, async (db) => {
				const all = await roads(db.pool);
				if (all.length === 0)
					say("none yet: hub road push NAME CONNECTOR --reason …");
				for (const one of all) say(roadInWords(one));
			}),
		);
	changing("token")
		.description(
			"give a sender another token and print it, once; the one before ends at once",
		)
		.argument("<name>")
		.action((name: string, options: DataOption & { reason: string }) =>
			said(options, async (db, dataFolder) => {
				const { token, digest } = newToken(name);
				await audited(db, dataFolder, async (client) => {
					if (!(await changeToken(client, name, digest))) throw noSuch(name);
					return { ...entry("change-road-token", name, options.reason) };
				});
				say(token);
			}),
		);
	changing("end")
		.description("nothing comes by it any more, at once; its token is void")
		.argument("<name>")
		.action((name: string, options: DataOption & { reason: string }) =>
			said(options, async (db, dataFolder) => {
				await audited(db, dataFolder, async (client) => {
					if (!(await endRoad(client, name, Date.now()))) throw noSuch(name);
					return entry("end-road", name, options.reason);
				});
				say(`${name} is closed`);
			}),
		);
}

async function open(
	db: HubDatabase,
	dataFolder: string,
	{ source: given, reason }: AddFlags,
	road: Omit<Parameters<typeof addRoad>[1], "source" | "at">,
): Promise<void> {
	const source = await sourceOf(db, road.connector, given);
	await audited(db, dataFolder, async (client) => {
		const { name, kind, connector, address, every, hosts } = road;
		const at = Date.now();
		if ((await addRoad(client, { ...road, source, at })) === undefined)
			throw new RoadRefused(
				`${name} is taken, also after it was closed: the audit trail speaks of it; another name`,
			);
		return {
			...entry("open-road", name, reason),
			request: JSON.stringify({
				...{ name, kind, connector, source, address, every, hosts },
			}),
		};
	});
}

async function sourceOf(
	db: HubDatabase,
	key: string,
	given: string | undefined,
): Promise<string> {
	if (key !== MAPPED_TABLE) {
		const own = CONNECTORS.find((one) => one.key === key)?.source.key ?? key;
		if (given !== undefined && given !== own)
			throw new RoadRefused(
				`--source ${given}: files of the format ${key} are of the source ${own}`,
			);
		return own;
	}
	if (given === undefined || !(await registeredSource(db.pool, given)))
		throw new RoadRefused(
			`--source: ${MAPPED_TABLE} asks for the key of a source that was mapped (on the screen Integrasi)`,
		);
	return given;
}

type Entry = Omit<Parameters<typeof noteAtTerminal>[1], "at">;

function entry(name: string, road: string, reason: string): Entry {
	return {
		...{ name, reason, subject: `road:${road}` },
		...{
			request: JSON.stringify({ name: road }),
			before: "null",
			after: "null",
		},
	};
}

/** Changes something, with its row of the audit trail, and notes where that ends. */
async function audited(
	db: HubDatabase,
	dataFolder: string,
	change: (client: Parameters<typeof noteAtTerminal>[0]) => Promise<Entry>,
): Promise<void> {
	await inTransaction(db.pool, async (client) => {
		await noteAtTerminal(client, { ...(await change(client)), at: Date.now() });
	});
	await noteAuditHead(db.pool, dataFolder);
}

function said(
	options: DataOption,
	work: (db: HubDatabase, dataFolder: string) => Promise<void>,
): Promise<void> {
	return withDatabase(options, async (db, dataFolder) => {
		try {
			await work(db, dataFolder);
			return EXIT.done;
		} catch (error) {
			if (!(error instanceof RoadRefused)) throw error;
			complain(error.message);
			return EXIT.usage;
		}
	});
}

function roadInWords(road: Road): string {
	const { name, kind, connector, source, address, every } = road;
	const how = kind === "push" ? "" : ` ${address}, every ${every} s`;
	const heard =
		road.heardAt === null
			? "nothing came yet"
			: `last heard ${new Date(road.heardAt).toISOString()}`;
	const fault = road.fault
		? `; ${road.failures} failures since, the last: ${roadFaultInWords(road.fault)}`
		: "";
	return `${name.padEnd(24)} ${kind.padEnd(7)}${connector} of ${source}${how}; ${road.endedAt === null ? `${heard}${fault}` : "closed"}`;
}

function roadFaultInWords({ code, what }: RoadFault): string {
	switch (code) {
		case "nothing-taken":
			return `nothing of ${what} could be used; it is in quarantine`;
		case "answered":
			return `the other end answered ${what}`;
		case "unreachable":
			return `no whole answer (${what})`;
		case "too-large":
			return `more than ${what} MB`;
		case "other-host":
			return `${what} is another host, which --host does not name, or its address is private, which --private would allow`;
		case "unreadable":
			return `${what} cannot be read`;
		case "no-mapping":
			return `nobody has mapped the tables of ${what}`;
		case "failed":
			return "the hub itself failed to store it";
	}
}

function noSuch(name: string): RoadRefused {
	return new RoadRefused(`${path.basename(name)}: no such road is open`);
}

function parseName(name: string): string {
	if (!ROAD_NAME.test(name) || DAY_IN_NAME.test(name))
		throw new InvalidArgumentError(
			"A name of 2 to 60 of a-z, 0-9 and -, without a day in it.",
		);
	return name;
}

function parseConnector(key: string): string {
	if (key !== MAPPED_TABLE && !CONNECTORS.some((one) => one.key === key))
		throw new InvalidArgumentError(
			`There is ${MAPPED_TABLE}, ${CONNECTORS.map((one) => one.key).join(", ")}.`,
		);
	return key;
}

function parseAddress(text: string): string {
	const url = URL.parse(text);
	if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
		throw new InvalidArgumentError(
			"An http or https address without name and password.",
		);
	return url.href;
}

function parseEvery(text: string): number {
	if (!/^\d{1,6}$/.test(text) || Number(text) < 5)
		throw new InvalidArgumentError("A number of seconds from 5 on.");
	return Number(text);
}
