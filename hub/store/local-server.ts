import { createHash, randomBytes } from "node:crypto";
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import type pg from "pg";
import { z } from "zod";
import {
	isHeldOpen,
	removeUnlessHeld,
	removeWhenFree,
	whenFree,
} from "../../machine/files/durable-file.ts";
import { askAnew } from "./connection.ts";
import {
	type PostgresPrograms,
	postgresPrograms,
} from "./postgres-programs.ts";
import { readSealed, UnreadableFile, writeSealed } from "./remembered-file.ts";
import {
	type Account,
	isReachableBy,
	serverAccount,
} from "./server-account.ts";
import { isServerOf } from "./server-process.ts";

export interface LocalServer {
	connection: pg.ConnectionConfig;
	/** Ends the server if this process started it (or found it without an owner). */
	stop: (() => Promise<void>) | undefined;
	/** Whether whoever owned it was killed, so that nobody would end it: to be taken over by starting it again. */
	isAbandoned(): boolean;
}

/** The server is there and lets nobody in: another beside it would damage its files. */
export class DatabaseSilent extends Error {
	override readonly name = "DatabaseSilent";
}

/** What processes of one data folder tell each other about its server. Only the owner of the folder can read it: it holds the password. */
const ServerState = z.object({
	password: z.string(),
	/** Where the database files are. */
	cluster: z.string(),
	port: z.int(),
	/** The process that started the server and will end it; it lives as long as it holds its lock (`ownerLock`). */
	owner: z.int(),
});
type ServerState = z.infer<typeof ServerState>;

const STATE_FILE = "postgres.json";
/** Where files go that the account `postgres` must reach when the data folder is private to root. */
const SHARED_FOLDER = "/var/lib/blc-command";
/** Says, beside such files, which data folder they belong to. */
const OWNER_NOTE = ".data-folder";
/** PostgreSQL's code of a server that is starting or ending. */
const CANNOT_CONNECT_NOW = "57P03";
/** How long a server may take to let somebody in (ms). */
const ANSWERS_WITHIN = 3000;
/** How long one that starts, perhaps from its log after a crash, is waited for (ms). */
const STARTS_WITHIN = 60_000;
const USER = "blc";
const DATABASE = "postgres";

/**
 * Finds or starts the PostgreSQL server of a data folder. The first process starts it on a free port of 127.0.0.1 and owns it; others
 * connect to the running one. A server whose owner died (kill -9) is taken over by the next process.
 */
export async function startLocalServer(
	dataFolder: string,
	log: (line: string) => void,
): Promise<LocalServer> {
	const stateFile = path.join(dataFolder, STATE_FILE);
	const unlock = await lock(path.join(dataFolder, "postgres.lock"));
	try {
		const account = await serverAccount();
		const known = whereItRuns(readState(stateFile));
		const found = known ? await settled(known) : "absent";
		if (known && found === "silent")
			throw new DatabaseSilent(
				`PostgreSQL of ${known.cluster} runs (${postmasterOf(known.cluster)?.pid}) and does not answer`,
			);
		if (known && found === "answers") {
			if (
				known.owner !== process.pid &&
				isHeld(ownerLock(dataFolder, known.owner))
			)
				return {
					connection: connectionTo(known),
					stop: undefined,
					isAbandoned: () =>
						!isHeld(ownerLock(dataFolder, readState(stateFile)?.owner ?? 0)),
				};
			return own(known, dataFolder, postgresPrograms(account, SHARED_FOLDER));
		}
		const cluster = known?.cluster ?? clusterFolder(dataFolder, account);
		// Its own password is lost with the file; with a new one nobody would be let in.
		if (!known && existsSync(path.join(cluster, "PG_VERSION")))
			throw new UnreadableFile(
				`${stateFile} is missing beside the database in ${cluster}. It holds the password of that database; put it back from a backup, or remove ${cluster} to begin anew.`,
			);
		const state: ServerState = {
			password: known?.password ?? randomBytes(24).toString("base64url"),
			cluster,
			port: 0,
			owner: process.pid,
		};
		writeState(stateFile, state);
		const tools = postgresPrograms(account, SHARED_FOLDER);
		// Told to end when its last client has gone, it waits for connections that wait for it.
		if (found === "ends") await end(tools, state.cluster).catch(() => {});
		if (!existsSync(path.join(state.cluster, "PG_VERSION"))) {
			log("preparing the database");
			await initialise(tools, state, account);
		}
		log("starting the database");
		await start(tools, state);
		return own(state, dataFolder, tools);
	} finally {
		unlock();
	}
}

function own(
	state: ServerState,
	dataFolder: string,
	tools: PostgresPrograms,
): LocalServer {
	const stateFile = path.join(dataFolder, STATE_FILE);
	const held = holdOwnerLock(dataFolder);
	// Of one that was killed.
	if (state.owner !== process.pid)
		removeUnlessHeld(ownerLock(dataFolder, state.owner));
	writeState(stateFile, { ...state, owner: process.pid });
	return {
		connection: connectionTo(state),
		stop: async () => {
			// Where its folder was removed under it nobody else can end it: it would run on for nobody.
			const now = readState(stateFile);
			if (now !== null && now.owner !== process.pid) return;
			await end(tools, state.cluster).catch(async (cause) => {
				// Ctrl-C reaches it too on Windows, where it cannot be kept apart: it may have ended before it was told.
				if ((await look(state)) !== "absent") throw cause;
			});
			if (now !== null) writeState(stateFile, { ...state, port: 0, owner: 0 });
			held();
		},
		isAbandoned: () => false,
	};
}

/**
 * What an owner holds while it lives. Its number alone does not tell that it lives: after a kill or a power cut the system gives it to
 * another program, and the server would be nobody's to end.
 */
function ownerLock(dataFolder: string, owner: number): string {
	return path.join(dataFolder, `postgres.owner-${owner}`);
}

/** The locks of this process, by file: it may open a folder twice. */
const ownerLocks = new Map<string, () => void>();

/** @returns gives it up */
function holdOwnerLock(dataFolder: string): () => void {
	const file = ownerLock(dataFolder, process.pid);
	if (!ownerLocks.has(file)) {
		// Somebody may be looking at this moment whether it is held.
		const release = takeLock(file, 1000);
		if (release === null) throw new Error(`another process holds ${file}`);
		ownerLocks.set(file, release);
	}
	return () => {
		ownerLocks.get(file)?.();
		ownerLocks.delete(file);
		// Somebody may be looking at this moment whether it is held.
		removeUnlessHeld(file);
	};
}

async function end(tools: PostgresPrograms, cluster: string): Promise<void> {
	await tools.run("pg_ctl", [
		"stop",
		"--pgdata",
		cluster,
		"--mode",
		"fast",
		"--wait",
		"--timeout",
		"30",
		"--silent",
	]);
}

function connectionTo(state: ServerState): pg.ConnectionConfig {
	return {
		host: "127.0.0.1",
		port: state.port,
		user: USER,
		password: state.password,
		database: DATABASE,
	};
}

/**
 * Whether the server that the state names is the one of this cluster and not a stranger on a reused port, and lets somebody in; "ends":
 * it will when its last client has gone; "silent": it is there, and does not answer.
 */
async function look(
	state: ServerState,
): Promise<"answers" | "starts" | "ends" | "silent" | "absent"> {
	if (!state.port) return "absent";
	try {
		const [{ data_directory }] = await askAnew<{ data_directory: string }>(
			connectionTo(state),
			"SHOW data_directory",
			ANSWERS_WITHIN,
		);
		return isSameFolder(data_directory, state.cluster) ? "answers" : "absent";
	} catch (error) {
		const { code } = error as { code?: string };
		const server = postmasterOf(state.cluster);
		if (code === CANNOT_CONNECT_NOW)
			return server?.status === "stopping" ? "ends" : "starts";
		return server && code !== "ECONNREFUSED" ? "silent" : "absent";
	}
}

/** What a look finds once a server that starts has started. */
async function settled(
	state: ServerState,
): Promise<Exclude<Awaited<ReturnType<typeof look>>, "starts">> {
	for (const deadline = performance.now() + STARTS_WITHIN; ; await sleep(200)) {
		const found = await look(state);
		if (found !== "starts") return found;
		if (performance.now() > deadline) return "silent";
	}
}

/** The state with the port that the server itself has written down: a start that was cut short leaves a state without it. */
function whereItRuns(state: ServerState | null): ServerState | null {
	const server = state && postmasterOf(state.cluster);
	return server ? { ...state, port: server.port } : state;
}

/** The server process of a cluster, as it says of itself; null when there is none. */
function postmasterOf(
	cluster: string,
): { pid: number; port: number; status: string } | null {
	const file = path.join(cluster, "postmaster.pid");
	if (!existsSync(file)) return null;
	const lines = readFileSync(file, "utf8").split("\n");
	const pid = Number.parseInt(lines[0], 10);
	if (!(pid > 0) || !isAlive(pid) || !isServerOf(pid, cluster)) return null;
	return {
		pid,
		port: Number.parseInt(lines[3], 10) || 0,
		status: (lines[7] ?? "").trim(),
	};
}

/** On Windows PostgreSQL writes slashes where Node writes backslashes, and capitals mean nothing. */
export function isSameFolder(
	one: string,
	other: string,
	{ relative }: Pick<typeof path, "relative"> = path,
): boolean {
	return relative(one, other) === "";
}

/** In the data folder, or beside it where the account of the server can reach when the data folder is private. */
function clusterFolder(dataFolder: string, account: Account): string {
	if (!account.other) return path.join(dataFolder, "postgres");
	if (isReachableBy(account, path.dirname(path.resolve(dataFolder)))) {
		// The account may pass through the data folder, and read nothing in it but its own.
		chmodSync(dataFolder, statSync(dataFolder).mode | 0o011);
		return path.join(dataFolder, "postgres");
	}
	const owner = path.resolve(dataFolder);
	// A folder that was removed and made again is another hub: the database of the one before has another password.
	const name = `${createHash("sha256").update(owner).digest("hex").slice(0, 16)}-${randomBytes(4).toString("hex")}`;
	sweepAbandoned();
	mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
	writeFileSync(path.join(SHARED_FOLDER, `${name}${OWNER_NOTE}`), owner, {
		mode: 0o600,
	});
	return path.join(SHARED_FOLDER, name);
}

/**
 * Removes databases whose data folder was a temporary one and is gone, as tests leave them, or was made again and has another. Of any other
 * folder a missing path may only mean a disk that is not mounted.
 */
function sweepAbandoned(): void {
	if (!existsSync(SHARED_FOLDER)) return;
	for (const note of readdirSync(SHARED_FOLDER)) {
		if (!note.endsWith(OWNER_NOTE)) continue;
		const file = path.join(SHARED_FOLDER, note);
		try {
			const owner = readFileSync(file, "utf8");
			if (!owner.startsWith(tmpdir() + path.sep)) continue;
			const cluster = file.slice(0, -OWNER_NOTE.length);
			if (isUsed(owner, cluster) || postmasterOf(cluster)) continue;
			if (removeUnlessHeld(cluster)) removeUnlessHeld(file);
		} catch (error) {
			// Another hub that is starting sweeps too.
			const { code } = error as NodeJS.ErrnoException;
			if (code !== "ENOENT" && !isHeldOpen(error)) throw error;
		}
	}
}

/** Whether the hub of a data folder has its database there, or may be about to. */
function isUsed(dataFolder: string, cluster: string): boolean {
	if (!existsSync(dataFolder)) return false;
	try {
		const state = readState(path.join(dataFolder, STATE_FILE));
		return state === null || state.cluster === cluster;
	} catch {
		return true;
	}
}

async function initialise(
	tools: PostgresPrograms,
	state: ServerState,
	account: Account,
): Promise<void> {
	// A start that was cut short left half a cluster; there is no PG_VERSION, so nothing in it was ever used.
	whenFree(() => rmSync(state.cluster, { recursive: true, force: true }));
	mkdirSync(path.dirname(state.cluster), { recursive: true, mode: 0o755 });
	const passwordFile = `${state.cluster}.pw`;
	writeFileSync(passwordFile, `${state.password}\n`, { mode: 0o600 });
	mkdirSync(state.cluster, { mode: 0o700 });
	if (account.other) {
		chownSync(passwordFile, account.uid, account.gid);
		chownSync(state.cluster, account.uid, account.gid);
	}
	try {
		await tools.run("initdb", [
			`--pgdata=${state.cluster}`,
			`--username=${USER}`,
			"--auth=scram-sha-256",
			`--pwfile=${passwordFile}`,
			"--encoding=UTF8",
			"--no-locale",
		]);
	} finally {
		removeUnlessHeld(passwordFile);
	}
}

/** Settings of a server with one application that loads in bulk: the log of changes is kept minimal (no replica follows it). */
const SETTINGS = [
	"listen_addresses=127.0.0.1",
	"unix_socket_directories=",
	"shared_buffers=256MB",
	"work_mem=64MB",
	"maintenance_work_mem=256MB",
	"wal_level=minimal",
	"max_wal_senders=0",
	"max_wal_size=2GB",
	"checkpoint_timeout=15min",
	"jit=off",
	"autovacuum_naptime=5min",
];

async function start(
	tools: PostgresPrograms,
	state: ServerState,
): Promise<void> {
	const logFile = path.join(state.cluster, "server.log");
	for (let attempt = 1; ; attempt++) {
		state.port = await freePort();
		removeStalePid(state.cluster);
		try {
			await tools.run("pg_ctl", [
				"start",
				"--pgdata",
				state.cluster,
				"--wait",
				"--timeout",
				"60",
				"--silent",
				"--log",
				logFile,
				"--options",
				[`-p ${state.port}`, ...SETTINGS.map((text) => `-c ${text}`)].join(" "),
			]);
			return;
		} catch (error) {
			// Between choosing the port and binding it another program may have taken it.
			if (attempt === 3)
				throw new Error(
					`the database did not start; the end of ${logFile}:\n${tail(logFile)}`,
					{ cause: error },
				);
		}
	}
}

/**
 * After a power cut `postmaster.pid` names a process that may by now be another program; the server would refuse to start beside it.
 */
function removeStalePid(cluster: string): void {
	if (postmasterOf(cluster) === null)
		removeWhenFree(path.join(cluster, "postmaster.pid"));
}

function isAlive(pid: number): boolean {
	if (!pid) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => resolve(port));
		});
	});
}

function tail(file: string): string {
	return existsSync(file)
		? readFileSync(file, "utf8").split("\n").slice(-12).join("\n")
		: "(no log)";
}

function readState(file: string): ServerState | null {
	return readSealed(
		file,
		ServerState,
		"It holds the password of the hub's database; put it back from a backup.",
	);
}

function writeState(file: string, state: ServerState): void {
	writeSealed(file, state);
}

/**
 * One process at a time looks for or starts the server. Of a lock file that names a process two could each find that it had died, and both
 * come in.
 */
async function lock(file: string): Promise<() => void> {
	for (const deadline = performance.now() + 90_000; ; await sleep(50)) {
		const release = takeLock(file, 0);
		if (release !== null) return release;
		if (performance.now() > deadline)
			throw new Error(`another process holds ${file} for too long`);
	}
}

/**
 * A lock of the operating system, taken through SQLite: it ends with its process however that ends.
 * @param patience ms
 * @returns gives it up; null when another holds it
 */
function takeLock(file: string, patience: number): (() => void) | null {
	const database = new Database(file, { timeout: patience });
	try {
		database.exec("BEGIN EXCLUSIVE");
		return () => database.close();
	} catch (error) {
		database.close();
		if (isBusy(error)) return null;
		throw error;
	}
}

/** Whether a process holds a lock; it is not taken for that. */
function isHeld(file: string): boolean {
	if (!existsSync(file)) return false;
	const database = new Database(file, { readonly: true, timeout: 0 });
	try {
		database.pragma("schema_version");
		return false;
	} catch (error) {
		if (isBusy(error)) return true;
		throw error;
	} finally {
		database.close();
	}
}

function isBusy(error: unknown): boolean {
	return (error as { code?: unknown }).code === "SQLITE_BUSY";
}
