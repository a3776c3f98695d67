import { z } from "zod";
import { PEOPLE } from "../access/role.ts";
import { Settings } from "../workspace/settings.ts";
import { Workspace, WorkspaceChange } from "../workspace/workspace.ts";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";

/** An export of settings is a few thousand characters; more than this is another file. */
export const LONGEST_IMPORT = 1_000_000;

/** A file of this workstation that could not be read, and was put aside whole. */
export const SetAside = z.object({
	what: z.enum(["settings", "workspace", "walls", "devices"]),
	/** Where it lies now. */
	path: z.string(),
	/** "newer": written by a later version of this program. */
	why: z.enum(["damaged", "newer"]),
	/** Put aside since this backend started: whoever looks has not been told before. */
	now: z.boolean(),
});
export type SetAside = z.infer<typeof SetAside>;

export const CurrentSettings = query({
	path: "/api/settings",
	about: "How this window is drawn, for whoever sits at it.",
	role: "anyone",
	keeps: "open",
	from: "backend",
	reads: ["workspace", "session"],
	request: nothing,
	answer: z.object({
		settings: Settings,
		/** When the last import was, for as long as it can be taken back (ms since 1970). */
		importedAt: z.number().nullable(),
		setAside: SetAside.array(),
		/** Whether what is chosen outlives this backend: its folder can be written. */
		kept: z.boolean(),
		/** The folder of the two files. */
		folder: z.string(),
	}),
});
export type CurrentSettings = z.output<typeof CurrentSettings.answer>;

export const CurrentWorkspace = query({
	path: "/api/workspace",
	about: "How whoever sits at this window left this program.",
	role: "anyone",
	keeps: "open",
	from: "backend",
	reads: ["workspace", "session"],
	request: nothing,
	answer: Workspace,
});

export const SettingsExport = query({
	path: "/api/settings/export",
	about:
		"The person's settings and workspace as the text of a file, to be imported elsewhere.",
	role: PEOPLE,
	keeps: "open",
	from: "backend",
	reads: ["workspace", "session"],
	request: nothing,
	answer: z.object({ text: z.string() }),
});

export const ChangeSettings = command({
	name: "change-settings",
	about: "Draw this workstation's windows otherwise.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: Settings.partial(),
	answer: Settings,
});

export const ChangeWorkspace = command({
	name: "change-workspace",
	about: "Keep how a window is arranged.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: WorkspaceChange,
	answer: Workspace,
});

export const ImportSettings = command({
	name: "import-settings",
	about:
		"Take over settings and workspace from an exported file, or from one that was put aside.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ text: z.string().min(1).max(LONGEST_IMPORT) }),
	answer: z.object({ became: z.enum(["imported", "damaged", "newer"]) }),
});

export const TakeBackImport = command({
	name: "take-back-import",
	about: "Put back what the last import replaced.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: nothing,
	answer: z.object({ takenBack: z.boolean() }),
});
