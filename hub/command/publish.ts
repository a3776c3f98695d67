import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { isVersion } from "../../core/feed/client.ts";
import { HubCredential } from "../../core/feed/hub-address.ts";
import { FEED_SCHEMA_VERSION } from "../../core/feed/table.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { forgetUnreadable, startNewEpoch } from "../publish/epoch.ts";
import { type Guarded, isLoopback } from "../publish/guard.ts";
import { publish } from "../publish/publish.ts";
import { replaceSigningKey, signingKey } from "../publish/signing.ts";
import { writeSnapshotFolder } from "../publish/snapshot-folder.ts";
import { serveHub } from "../serve/serve-hub.ts";
import { inTransaction } from "../store/database.ts";
import { exclusively } from "../store/publication.ts";
import { emptyStore } from "../store/reset.ts";
import { noteAuditHead } from "../write/audit-head.ts";
import { noteAtTerminal } from "../write/terminal-trail.ts";
import { parseReason } from "./put-at-terminal.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

const PORT = 8417;

/** Adds `publish`, `serve`, `snapshot`, `reset`, `replace-key` and `new-epoch`. */
export function registerPublish(program: Command): void {
	withData(program.command("publish"))
		.description("reconcile what came in and publish what changed")
		.action((options: DataOption) =>
			withDatabase(options, async (db) => {
				const published = await publish(db);
				say(
					published
						? `publication ${published.seq}: ${published.rows} rows`
						: "nothing changed, nothing published",
				);
				return EXIT.done;
			}),
		);
	withData(program.command("serve"))
		.description("serve the signed log to workstations until interrupted")
		.option("--port <n>", "port; 0 takes a free one", parsePort, PORT)
		.option(
			"--host <address>",
			"address to serve on; one that other machines reach needs the three options below",
			"127.0.0.1",
		)
		.option(
			"--least-version <version>",
			"oldest version of a workstation that is answered; older ones are told so and go on showing what they have",
			parseVersion,
		)
		.option("--tls-cert <file>", "certificate chain of this hub (PEM)")
		.option("--tls-key <file>", "key of the certificate (PEM)")
		.option(
			"--credential-file <file>",
			"file with what workstations must say: one line of at least 32 characters",
		)
		.action((options: DataOption & ServeFlags, command: Command) => {
			const guarded = readGuarded(options, command);
			return withDatabase(
				options,
				async (db, dataFolder, interrupted) => {
					const feed = await serveHub(
						{ pool: db.pool, dataFolder, log: (line) => complain(line) },
						{
							port: options.port,
							host: options.host,
							guarded,
							needed: {
								version: options.leastVersion ?? null,
								schema: FEED_SCHEMA_VERSION,
							},
						},
					);
					say(`serving ${feed.url}`);
					say(`key ${feed.publicKey}`);
					say(`fingerprint ${feed.keyId.match(/.{4}/g)?.join(" ")}`);
					await interrupted;
					await feed.close();
					return EXIT.done;
				},
				{ endsItself: true },
			);
		});
	withData(program.command("snapshot"))
		.description(
			"write the newest snapshot, signed, into a folder of a USB stick, for the first start of workstations with a slow line",
		)
		.argument("<folder>", "where it is written; one that is there is replaced")
		.action((folder: string, options: DataOption) =>
			withDatabase(options, async (db, dataFolder) => {
				const written = await writeSnapshotFolder(
					{ pool: db.pool, dataFolder, log: complain },
					folder,
				);
				if (written === null) {
					complain("nothing is published yet: there is no snapshot to write");
					return EXIT.failed;
				}
				say(
					`publication ${written.seq}, ${Math.ceil(written.bytes / 1e6)} MB, in ${folder}`,
				);
				say(`fingerprint ${written.keyId.match(/.{4}/g)?.join(" ")}`);
				say(
					"it holds the whole dataset, readable by whoever has it: do not leave it lying about",
				);
				return EXIT.done;
			}),
		);
	withData(program.command("reset"))
		.description(
			"forget all that was taken in, imported and published; workstations start anew",
		)
		.requiredOption("--yes", "yes, forget everything")
		.action((options: DataOption) =>
			withDatabase(options, async (db) => {
				await inTransaction(db.pool, emptyStore);
				say("the hub is empty");
				return EXIT.done;
			}),
		);
	withData(program.command("replace-key"))
		.description(
			"replace the key with which this hub signs by a new one, signed by the old one: workstations follow by themselves and believe the old one no more",
		)
		.requiredOption(
			"--reason <text>",
			"why, as the audit trail keeps it",
			parseReason,
		)
		.action((options: DataOption & { reason: string }) =>
			withDatabase(options, async (db, dataFolder) => {
				const before = signingKey(dataFolder).id;
				// Two at once would name a key that the other has written over.
				const { id, publicKey } = await exclusively(db.pool, "key", async () =>
					replaceSigningKey(dataFolder),
				);
				await inTransaction(db.pool, (client) =>
					noteAtTerminal(client, {
						...{ at: Date.now(), name: "replace-key", subject: "hub:key" },
						...{ reason: options.reason, request: "{}" },
						before: JSON.stringify({ key: before }),
						after: JSON.stringify({ key: id }),
					}),
				);
				await noteAuditHead(db.pool, dataFolder);
				say(`the hub signs with ${id} from now on, public key ${publicKey}`);
				say("start `hub serve` anew, and back up the hub's folder");
				return EXIT.done;
			}),
		);
	withData(program.command("new-epoch"))
		.description(
			"begin a new epoch with the dataset as it is: every workstation starts anew from a snapshot",
		)
		.requiredOption("--yes", "yes, every workstation fetches everything again")
		.action((options: DataOption) =>
			withDatabase(options, async (db, dataFolder) => {
				await startNewEpoch({ pool: db.pool, dataFolder });
				forgetUnreadable(dataFolder);
				say("a new epoch has begun");
				return EXIT.done;
			}),
		);
}

interface ServeFlags {
	port: number;
	host: string;
	leastVersion?: string;
	tlsCert?: string;
	tlsKey?: string;
	credentialFile?: string;
}

/** What guards a hub that others can reach, or the error of the command line that something is missing. */
function readGuarded(
	{ host, tlsCert, tlsKey, credentialFile }: ServeFlags,
	command: Command,
): Guarded | undefined {
	if (!tlsCert || !tlsKey || !credentialFile) {
		if (!isLoopback(host) || tlsCert || tlsKey || credentialFile)
			command.error(
				`--host ${host}: --tls-cert, --tls-key and --credential-file belong together, and a hub that other machines reach needs them`,
			);
		return undefined;
	}
	const credential = readFileSync(credentialFile, "utf8").trim();
	if (credential.length < 32)
		command.error(
			`${credentialFile}: a credential of at least 32 characters expected, ${credential.length} found (openssl rand -base64 32 makes one)`,
		);
	const sendable = HubCredential.safeParse(credential);
	if (!sendable.success)
		command.error(`${credentialFile}: ${sendable.error.issues[0]?.message}`);
	return {
		cert: readFileSync(tlsCert, "utf8"),
		key: readFileSync(tlsKey, "utf8"),
		credential,
	};
}

function parseVersion(text: string): string {
	if (!isVersion(text))
		throw new InvalidArgumentError("A version is three numbers, as 0.2.0.");
	return text;
}

function parsePort(text: string): number {
	if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
		throw new InvalidArgumentError("A port is a number from 0 to 65535.");
	return Number(text);
}
