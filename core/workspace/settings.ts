import { z } from "zod";
import { earlierForm, type VersionedFile } from "./versioned-file.ts";

/** The languages that the screens speak. */
export const LANGUAGES = ["id", "en"] as const;
/** Colours for a dark room, or for one with daylight. */
export const THEMES = ["dark", "light"] as const;
/** The zone in which times are told: one of Indonesia's three. */
export const CLOCKS = ["WIB", "WITA", "WIT"] as const;
/** How large everything is drawn, and so how much is shown: at arm's length, across a table, from five metres. */
export const DENSITIES = ["desk", "room", "wall"] as const;
/** How strongly text and lines stand out: at an ordinary screen, or before a projector or a wall in a room that is not dark. */
export const CONTRASTS = ["ordinary", "strong"] as const;

/** What belongs to whoever sits at the window. */
export const OfPerson = z.strictObject({
	language: z.enum(LANGUAGES),
	theme: z.enum(THEMES),
	clock: z.enum(CLOCKS),
});
export type OfPerson = z.infer<typeof OfPerson>;

/** What belongs to the screen and the room in which it stands. */
export const OfRoom = z.strictObject({
	density: z.enum(DENSITIES),
	contrast: z.enum(CONTRASTS),
	/** A PMTiles file on this workstation, drawn below the figures; null: the land that comes with the application. */
	basemap: z.string().min(1).max(4096).nullable(),
});
export type OfRoom = z.infer<typeof OfRoom>;

/** What holds at one window. */
export const Settings = z.strictObject({ ...OfPerson.shape, ...OfRoom.shape });
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = {
	language: "id",
	theme: "dark",
	clock: "WIB",
	density: "room",
	contrast: "ordinary",
	basemap: null,
};

/** `settings.json` of a workstation. Only what somebody chose is in it; the rest follows DEFAULT_SETTINGS. */
export const SettingsFile = z.strictObject({
	room: OfRoom.partial(),
	/** By the name with which somebody signs in. */
	people: z.record(z.string(), OfPerson.partial()),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

/** Version 1 knew one person: everything was the workstation's. Until version 2 there was no other map below the figures. */
const SettingsFile1 = Settings.omit({ basemap: true }).partial();
const SettingsFile2 = z.strictObject({
	room: OfRoom.omit({ basemap: true }).partial(),
	people: SettingsFile.shape.people,
});

export const SETTINGS_FILE: VersionedFile<SettingsFile> = {
	kind: "blc-settings",
	version: 3,
	schema: SettingsFile,
	earlier: {
		1: earlierForm(SettingsFile1, ({ density, contrast, ...person }) => ({
			room: given({ density, contrast }),
			people: { [ANYBODY]: given(person) },
		})),
		2: earlierForm(SettingsFile2, (file) => file),
	},
	empty: { room: {}, people: {} },
};

/** Under this name is what holds for whoever has chosen nothing, and before anybody has signed in. */
export const ANYBODY = "";

/** What holds for a person at this workstation. */
export function settingsOf(file: SettingsFile, person: string): Settings {
	return {
		...DEFAULT_SETTINGS,
		...file.room,
		...file.people[ANYBODY],
		...file.people[person],
	};
}

/** The file after a person has chosen something. */
export function withSettings(
	file: SettingsFile,
	person: string,
	chosen: Partial<Settings>,
): SettingsFile {
	const { density, contrast, basemap, ...own } = chosen;
	return {
		room: { ...file.room, ...given({ density, contrast, basemap }) },
		people: {
			...file.people,
			[person]: { ...file.people[person], ...given(own) },
		},
	};
}

function given<T extends object>(values: T): Partial<T> {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as Partial<T>;
}
