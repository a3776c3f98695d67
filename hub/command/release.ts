import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import {
	ApproveRelease,
	DiscardRelease,
	WithdrawRelease,
} from "../../core/api/releases.ts";
import { Recipe, WEEKLY } from "../../core/release/recipe.ts";
import { releaseStatus } from "../../core/release/release-status.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { personBy } from "../access/sessions.ts";
import { attackAgain, buildRelease, ReleaseError } from "../release/build.ts";
import { writeRelease } from "../release/write.ts";
import type { HubDatabase } from "../store/database.ts";
import { logHead } from "../store/publication.ts";
import { releaseContent, storedReleases } from "../store/releases.ts";
import { PERFORMERS } from "../write/all.ts";
import { noteAuditHead } from "../write/audit-head.ts";
import { perform, Refused } from "../write/perform.ts";
import { noteAtTerminal, terminalAccount } from "../write/terminal-trail.ts";
import { askPassword } from "./people.ts";
import { parseReason } from "./put-at-terminal.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

const STEPS = [
	[
		"approve",
		ApproveRelease.name,
		"let a release out; with the second person it is public",
	],
	["discard", DiscardRelease.name, "give up a release that nobody has seen"],
	[
		"withdraw",
		WithdrawRelease.name,
		"withdraw a public release; a public note says so, and later releases are held against it all the same",
	],
] as const;

/** Adds `release build|list|attack|approve|discard|withdraw|write`. */
export function registerRelease(program: Command): void {
	const release = program
		.command("release")
		.description(
			"open data: make a release by a recipe, attack it, let it out by two people, write its files",
		);
	withData(release.command("build"))
		.description(
			"make a release of what was last published and attack it with every release before; refused where the attack comes too close",
		)
		.requiredOption(
			"--note <text>",
			"what the public is told of it",
			parseReason,
		)
		.option(
			"--recipe <file>",
			"the recipe (JSON); else the weekly one of this version",
			parseRecipe,
			WEEKLY,
		)
		.option(
			"--corrects <n>",
			"the public release that it corrects",
			parseNumber,
		)
		.action(
			(
				options: DataOption & {
					note: string;
					recipe: Recipe;
					corrects?: number;
				},
			) =>
				said(options, async (db, dataFolder) => {
					const { number, attack, cells } = await buildRelease(
						db,
						options.recipe,
						{ corrects: options.corrects ?? null, note: options.note },
						{
							at: Date.now(),
							person: terminalAccount(),
							// No publication carries a draft: it is seen as soon as it is there.
							record: async (client, built) =>
								noteAtTerminal(
									client,
									{
										...{ at: Date.now(), name: "build-release" },
										...{
											subject: `release:${built.number}`,
											reason: options.note,
										},
										request: JSON.stringify({
											release: built.number,
											recipe: options.recipe,
										}),
										before: JSON.stringify(null),
										after: JSON.stringify({
											release: built.number,
											releaseStatus: "draft",
										}),
									},
									(await logHead(client)).seq,
								),
						},
					);
					await noteAuditHead(db.pool, dataFolder);
					say(`release ${number}: ${cells} cells, a draft`);
					say(
						`  withheld: ${attack.small} small counts, ${attack.beside} beside them`,
					);
					say(
						`  attacked: ${attack.secrets} small counts and steps of this release and all before it, by ${attack.programs} programs: none can be told closer than the recipe lets it`,
					);
					return EXIT.done;
				}),
		);
	withData(release.command("list"))
		.description("all releases and where they stand")
		.action((options: DataOption) =>
			said(options, async (db) => {
				const releases = await storedReleases(db.pool);
				if (releases.length === 0) say("none yet: hub release build");
				for (const { number, at, recipe, steps, seq, note } of releases) {
					say(
						`${String(number).padStart(4)}  ${releaseStatus(steps)}  ${new Date(at).toISOString()}  publication ${seq}  ${recipe.name} ${recipe.version}  ${note}`,
					);
					for (const step of steps)
						say(
							`      ${step.kind}  ${new Date(step.at).toISOString()}  ${step.display}: ${step.note}`,
						);
				}
				return EXIT.done;
			}),
		);
	withData(release.command("attack"))
		.description("attack a release anew, with every other that was ever public")
		.argument("<release>", "its number", parseNumber)
		.option("--all", "prove the very bounds of every small count (takes long)")
		.action((number: number, options: DataOption & { all?: boolean }) =>
			said(options, async (db) => {
				const [one] = await storedReleases(db.pool, number);
				if (!one) throw new ReleaseError(`there is no release ${number}`);
				const { secrets, solved, tooClose } = await attackAgain(
					db.pool,
					number,
					options.all ?? false,
					await releaseContent(db.pool, number, one.recipe),
				);
				say(
					`${secrets} small counts and steps, ${solved} programs: ${tooClose} too close`,
				);
				return tooClose === 0 ? EXIT.done : EXIT.failed;
			}),
		);
	for (const [step, name, about] of STEPS)
		withData(release.command(step))
			.description(
				`${about}; the password is asked for, or read from standard input`,
			)
			.argument("<release>", "its number", parseNumber)
			.requiredOption(
				"--person <name>",
				"who decides: the name to sign in with",
			)
			.requiredOption(
				"--reason <text>",
				step === "withdraw"
					? "why, as the public is told it and it is kept"
					: "why, as it is kept",
				parseReason,
			)
			.action(
				(
					number: number,
					options: DataOption & { person: string; reason: string },
				) =>
					said(options, async (db, dataFolder) => {
						const now = Date.now();
						const person = await personBy(
							db.pool,
							...([options.person, await askPassword(), now] as const),
						);
						if (person === null)
							throw new ReleaseError(
								"name or password is wrong, or too many wrong ones were given: wait a while",
							);
						await perform(
							db,
							PERFORMERS,
							{
								...{ id: randomUUID(), name, basedOn: null },
								request: { release: number, reason: options.reason },
							},
							{ person, now },
						);
						await noteAuditHead(db.pool, dataFolder);
						const [one] = await storedReleases(db.pool, number);
						say(`release ${number}: ${releaseStatus(one?.steps ?? [])}`);
						return EXIT.done;
					}),
			);
	withData(release.command("write"))
		.description(
			"write the files of a public release, with checksums and the hub's signature: the same bytes each time; of a withdrawn one the note that says so",
		)
		.argument("<release>", "its number", parseNumber)
		.argument("<folder>", "a new folder")
		.action((number: number, folder: string, options: DataOption) =>
			said(options, async (db, dataFolder) => {
				const names = await writeRelease(db, dataFolder, number, folder);
				say(`release ${number} in ${folder}: ${names.join(", ")}`);
				return EXIT.done;
			}),
		);
}

/** What is refused is said in a sentence. */
function said(
	options: DataOption,
	work: (db: HubDatabase, dataFolder: string) => Promise<number>,
): Promise<void> {
	return withDatabase(options, async (db, dataFolder) => {
		try {
			return await work(db, dataFolder);
		} catch (error) {
			if (!(error instanceof ReleaseError) && !(error instanceof Refused))
				throw error;
			complain(error.message);
			return EXIT.failed;
		}
	});
}

function parseRecipe(file: string): Recipe {
	try {
		return Recipe.parse(JSON.parse(readFileSync(file, "utf8")));
	} catch (error) {
		throw new InvalidArgumentError(`No recipe: ${(error as Error).message}`);
	}
}

function parseNumber(text: string): number {
	if (!/^[1-9]\d{0,6}$/.test(text))
		throw new InvalidArgumentError("The number of a release.");
	return Number(text);
}
