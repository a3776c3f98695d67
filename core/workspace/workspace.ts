import { z } from "zod";
import { NO_SCENARIOS, Scenarios } from "./scenarios.ts";
import { OfPerson, OfRoom } from "./settings.ts";
import { earlierForm, type VersionedFile } from "./versioned-file.ts";

const NAME = z.string().min(1).max(60);
const SHARE = z.number().min(0.1).max(0.9);
/** An address is as long as a person may paste. */
const ADDRESS = z.string().startsWith("#/").max(2000);

/** How a person left a table. What it is sorted by is not kept: it follows what the screen shows. */
export const TableLayout = z.strictObject({
	/** Columns in their order, by name; one that is not among them stands where the table puts it. */
	columns: z
		.array(
			z.strictObject({
				name: NAME,
				/** In heights of the screen's letters (rem), so that it holds in every room; null: as the table makes it. */
				width: z.number().positive().max(1_000).nullable(),
				hidden: z.boolean(),
			}),
		)
		.max(200),
});
export type TableLayout = z.infer<typeof TableLayout>;

/** How a person left this program: what the next window and the next day begin with. */
export const Workspace = z.strictObject({
	railCollapsed: z.boolean(),
	/** Where the person was last; null: nowhere yet. */
	address: ADDRESS.nullable(),
	/** Shares of a screen that a person has drawn larger or smaller, by the name of the divider, of 1. */
	panels: z.record(NAME, SHARE),
	/** By the name of the table. */
	tables: z.record(NAME, TableLayout),
});
export type Workspace = z.infer<typeof Workspace>;

export const EMPTY_WORKSPACE: Workspace = {
	railCollapsed: false,
	address: null,
	panels: {},
	tables: {},
};

/** What an import replaced, to be taken back. */
export const BeforeImport = z.strictObject({
	/** When the import was (ms since 1970). */
	at: z.number(),
	room: OfRoom.partial(),
	person: OfPerson.partial(),
	workspace: Workspace,
});
export type BeforeImport = z.infer<typeof BeforeImport>;

/** `workspace.json` of a workstation, by the name with which somebody signs in. */
export const WorkspaceFile = z.strictObject({
	people: z.record(
		z.string(),
		Workspace.extend({
			beforeImport: BeforeImport.nullable(),
			scenarios: Scenarios,
		}),
	),
});
export type WorkspaceFile = z.infer<typeof WorkspaceFile>;

/** Version 1 is what a window kept in the session storage of its browser: whether the rail was narrow. */
export const WorkspaceFile1 = z.strictObject({
	people: z.record(
		z.string(),
		z.strictObject({ "rail-narrow": z.enum(["0", "1"]) }),
	),
});

/** Until version 3 nobody kept a scenario. */
const WorkspaceFile2 = z.strictObject({
	people: z.record(
		z.string(),
		Workspace.extend({ beforeImport: BeforeImport.nullable() }),
	),
});

export const WORKSPACE_FILE: VersionedFile<WorkspaceFile> = {
	kind: "blc-workspace",
	version: 3,
	schema: WorkspaceFile,
	earlier: {
		1: earlierForm(WorkspaceFile1, ({ people }) => ({
			people: Object.fromEntries(
				Object.entries(people).map(([name, kept]) => [
					name,
					{
						...EMPTY_WORKSPACE,
						railCollapsed: kept["rail-narrow"] === "1",
						beforeImport: null,
					},
				]),
			),
		})),
		2: earlierForm(WorkspaceFile2, ({ people }) => ({
			people: Object.fromEntries(
				Object.entries(people).map(([name, kept]) => [
					name,
					{ ...kept, scenarios: NO_SCENARIOS },
				]),
			),
		})),
	},
	empty: { people: {} },
};

/** What a person changes of it at once; tables and dividers by their names, null for one that is to stand again as it first stood. */
export const WorkspaceChange = Workspace.extend({
	panels: z.record(NAME, SHARE.nullable()),
	tables: z.record(NAME, TableLayout.nullable()),
}).partial();
export type WorkspaceChange = z.infer<typeof WorkspaceChange>;

export function workspaceOf(file: WorkspaceFile, person: string): Workspace {
	const {
		beforeImport: _,
		scenarios: __,
		...workspace
	} = keptFor(file, person);
	return workspace;
}

/** What the last import of a person replaced; null: there was none, or it was taken back. */
export function beforeImport(
	file: WorkspaceFile,
	person: string,
): BeforeImport | null {
	return keptFor(file, person).beforeImport;
}

function keptFor(file: WorkspaceFile, person: string) {
	return (
		file.people[person] ?? {
			...EMPTY_WORKSPACE,
			beforeImport: null,
			scenarios: NO_SCENARIOS,
		}
	);
}

/** A workspace after a change: what the change does not name stays. */
export function changedWorkspace(
	before: Workspace,
	change: WorkspaceChange,
): Workspace {
	return {
		...before,
		...change,
		panels: withoutNull({ ...before.panels, ...change.panels }),
		tables: withoutNull({ ...before.tables, ...change.tables }),
	};
}

function withoutNull<T>(values: Record<string, T | null>): Record<string, T> {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== null),
	) as Record<string, T>;
}

export function withWorkspace(
	file: WorkspaceFile,
	person: string,
	change: WorkspaceChange,
): WorkspaceFile {
	const { beforeImport, scenarios, ...before } = keptFor(file, person);
	return {
		people: {
			...file.people,
			[person]: {
				...changedWorkspace(before, change),
				beforeImport,
				scenarios,
			},
		},
	};
}

/** The scenarios that a person keeps. */
export function scenariosOf(file: WorkspaceFile, person: string): Scenarios {
	return keptFor(file, person).scenarios;
}

export function withScenarios(
	file: WorkspaceFile,
	person: string,
	scenarios: Scenarios,
): WorkspaceFile {
	return {
		people: {
			...file.people,
			[person]: { ...keptFor(file, person), scenarios },
		},
	};
}
